internal import Foundation
internal import Lessons

/// A part of a machine that Unroll uses: whether it is there, what works without, and what to type for it.
package struct Equipment: Sendable, Hashable {
    /// The name.
    package let name: String
    /// The version and the path, as far as they are known; `nil` if it is missing.
    package let found: String?
    /// Whether a build needs it.
    package var isNeeded = false
    /// The reason why it does not count as found, and what works without it.
    package var missing = ""
    /// The command that installs it, or the address that it comes from.
    package var remedy: String?

    /// Looks for everything, in the order in which builds need it.
    package static func survey() async -> [Equipment] {
        let toolchain = try? await Toolchain.find()
        let library = try? NotebookLibrary.find()
        return await [
            compiler(of: toolchain), sourceKit(of: toolchain), engine(in: library), commonMark, walls(),
            browserTools(of: toolchain, library), node(beside: library), opener(),
        ]
    }

    // MARK: - What a build needs

    private static let toolchainAddress = "install Swift 6.3 or later from https://www.swift.org/install"
    private static let oldestCompiler = Version("6.3")!

    private static func compiler(of toolchain: Toolchain?) async -> Equipment {
        let name = "Swift compiler"
        guard let toolchain, let line = await line(of: toolchain.compiler, "--version"),
            let match = line.firstMatch(of: /Swift version (?<number>[0-9.]+)/),
            let version = Version(match.number)
        else {
            return Equipment(
                name: name,
                found: nil,
                isNeeded: true,
                missing: "there is none in PATH; nothing can be built",
                remedy: toolchainAddress
            )
        }
        guard version >= oldestCompiler else {
            let missing = "\(toolchain.compiler) is Swift \(match.number); nothing can be built"
            return Equipment(
                name: name,
                found: nil,
                isNeeded: true,
                missing: missing,
                remedy: toolchainAddress
            )
        }
        return Equipment(name: name, found: "\(match.number), \(toolchain.compiler)", isNeeded: true)
    }

    private static func sourceKit(of toolchain: Toolchain?) -> Equipment {
        let path = toolchain?.sourceKit
        let isThere = path.map(FileManager.default.fileExists(atPath:)) == true
        return Equipment(
            name: "SourceKit",
            found: isThere ? path?.replacing("//", with: "/") : nil,
            isNeeded: true,
            missing: toolchain == nil
                ? "it comes with the compiler" : "the toolchain has none; cells cannot be read",
            remedy: toolchain == nil ? nil : toolchainAddress
        )
    }

    private static func engine(in library: NotebookLibrary?) -> Equipment {
        Equipment(
            name: "engine",
            found: library?.folder,
            isNeeded: true,
            missing: "it is not built; lessons have nothing to link",
            remedy: "./unroll build"
        )
    }

    /// The library that reads Markdown, without which this program would not have begun.
    private static var commonMark: Equipment {
        Equipment(name: "libcmark", found: Markdown.libraryVersion, isNeeded: true)
    }

    // MARK: - What builds do without

    private static func walls() async -> Equipment {
        let finding = try? await Sandbox.find(policy: .automatic)
        let path = executable("bwrap")
        var found: String?
        if let path, finding?.sandbox != nil {
            let version = await line(of: path, "--version")?.split(separator: " ").last
            found = [version.map(String.init), path].compactMap(\.self).joined(separator: ", ")
        }
        let reason = path.map { "\($0) does not work here" } ?? "it is not installed"
        return Equipment(
            name: "bubblewrap",
            found: found,
            missing: "\(reason); lessons run without walls, and can read and write what you can",
            remedy: path == nil ? installing("bubblewrap") : nil
        )
    }

    private static func browserTools(of toolchain: Toolchain?, _ library: NotebookLibrary?) async -> Equipment
    {
        var reason: String? = "there is no compiler"
        if let toolchain, let library {
            reason = await BrowserEngine.missingTool(beside: library, of: toolchain)
        }
        return Equipment(
            name: "WebAssembly",
            found: reason == nil ? "Embedded Swift, clang, wasm-ld, llvm-nm" : nil,
            missing:
                "\(reason ?? ""); live cells keep the modules that they have, and new ones need states: .built",
            remedy: "install a toolchain from https://www.swift.org/install"
        )
    }

    private static func node(beside library: NotebookLibrary?) async -> Equipment {
        var found: String?
        if let library, let runner = await ModuleRunner.find(beside: library) {
            let version = await line(of: runner.node, "--version")?.drop { $0 == "v" }
            found = [version.map(String.init), runner.node].compactMap(\.self).joined(separator: ", ")
        }
        return Equipment(
            name: "node",
            found: found,
            missing:
                "there is none from version \(ModuleRunner.oldestVersion) on; check cannot hold modules of live cells to native code",
            remedy: installing("nodejs", brew: "node")
        )
    }

    private static func opener() -> Equipment {
        Equipment(
            name: "browser",
            found: executable("xdg-open") ?? executable("open"),
            missing: "nothing opens one; give it the address that serve prints",
            remedy: installing("xdg-utils")
        )
    }

    // MARK: - Programs

    /// Returns the path of a program in `PATH`.
    private static func executable(_ name: String) -> String? {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        return folders.map { "\($0)/\(name)" }.first(where: FileManager.default.isExecutableFile(atPath:))
    }

    /// Returns the first line that a program prints.
    private static func line(of program: String, _ arguments: String...) async -> Substring? {
        let result = try? await ChildProcess(executable: program, arguments: arguments).run()
        return result?.isSuccess == true ? result?.output.split(separator: "\n").first : nil
    }

    /// Returns the command that installs a package, with the manager that this machine has.
    private static func installing(_ package: String, brew: String? = nil) -> String? {
        let root = geteuid() == 0 ? "" : "sudo "
        if executable("apt-get") != nil { return "\(root)apt-get install \(package)" }
        if executable("dnf") != nil { return "\(root)dnf install \(package)" }
        return brew.flatMap { executable("brew") != nil ? "brew install \($0)" : nil }
    }
}
