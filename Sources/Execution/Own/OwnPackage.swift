internal import Foundation
internal import Lessons
internal import Serialization

/// A package of the project's own as it was built last: how to compile and link with it, for as long as nothing that it was
/// built of has changed.
struct OwnPackage: Sendable, Hashable, Codable {
    /// A file or folder that it was built of.
    struct Input: Sendable, Hashable, Codable {
        /// The path on this machine.
        var path: String
        /// The path in messages and keys: from the project's folder.
        var name: String
    }

    /// A package, where it lies, and as the settings name it.
    struct Place {
        var package: NamedFolder
        var path: String

        /// The path of a file in it, from the project's folder.
        func name(_ file: String) -> String {
            let parts = package.path.split(separator: "/").filter { $0 != "." } + [Substring(file)]
            return parts.joined(separator: "/")
        }

        /// The files that say what it is.
        var manifests: [Input] {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
            let manifests = names.filter { $0.hasPrefix("Package@swift-") && $0.hasSuffix(".swift") }.sorted()
            return (["Package.swift", "Package.resolved"] + manifests).map {
                Input(path: "\(path)\($0)", name: name($0))
            }
        }
    }

    /// The path of its manifest, from the project's folder.
    var manifest: String
    /// What it was built of, and by which compiler.
    var inputs: [Input]
    var compiler: String
    /// The digests of all files in it, by their names.
    var digests: [String: String]
    /// The versions of the packages that it depends on.
    var versions: [String] = []
    /// The modules that lessons import, and all that it holds.
    var modules: [String] = []
    var linkedModules: Set<String> = []
    /// The names of public declarations, of which the runtime may have the same.
    var declared: Set<String> = []
    /// The compiler's options.
    var compilerArguments: [String] = []
    /// The linker's options.
    var linkerArguments: [String] = []
    /// The libraries.
    var files: [String] = []

    /// Whether nothing has changed since.
    func isCurrent(for compiler: String) -> Bool {
        self.compiler == compiler && files.allSatisfy(FileManager.default.fileExists(atPath:))
            && digests == OwnPackage.digests(of: inputs)
    }

    /// The parts of a lesson's key. The versions of other packages stand for the file that says them.
    var components: [RunKey.Component] {
        let files = digests.sorted { $0.key < $1.key }.filter { !$0.key.hasSuffix("Package.resolved") }
        return files.map { RunKey.Component(name: "own Swift, \($0.key)", value: $0.value) }
            + versions.map { RunKey.Component(name: "package \($0.prefix { $0 != " " })", value: $0) }
    }

    /// Returns the digests of files, and of the files in folders; nothing hidden is among them.
    static func digests(of inputs: [Input]) -> [String: String] {
        var found: [String: String] = [:]
        for input in inputs {
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: input.path, isDirectory: &isFolder) else { continue }
            guard isFolder.boolValue else {
                found[input.name] = FileManager.default.contents(atPath: input.path).map {
                    Digest(of: $0).text
                }
                continue
            }
            for name in files(in: input.path) {
                let data = FileManager.default.contents(atPath: "\(input.path)/\(name)")
                found["\(input.name)/\(name)"] = data.map { Digest(of: $0).text }
            }
        }
        return found
    }

    /// The package's own files of Swift, but for its manifests, as they are now.
    var sources: [SourceModule.File] {
        inputs.flatMap { input in
            OwnPackage.files(in: input.path).filter { $0.hasSuffix(".swift") }.compactMap { name in
                FileManager.default.contents(atPath: "\(input.path)/\(name)").map {
                    SourceModule.File(
                        path: "\(input.name)/\(name)",
                        text: String(decoding: $0, as: UTF8.self)
                    )
                }
            }
        }
    }

    private static func files(in folder: String, under prefix: String = "") -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(prefix)")) ?? []
        return names.filter { !$0.hasPrefix(".") && !$0.hasSuffix("~") }.flatMap { name -> [String] in
            var isFolder: ObjCBool = false
            let path = prefix + name
            let isThere = FileManager.default.fileExists(atPath: "\(folder)/\(path)", isDirectory: &isFolder)
            return isThere && isFolder.boolValue ? files(in: folder, under: "\(path)/") : [path]
        }
    }

    // MARK: - On disk

    /// Reads what was kept; `nil` if there is nothing, or nothing of this version.
    static func read(from file: URL) -> OwnPackage? {
        (try? Data(contentsOf: file)).flatMap { try? JSONDecoder().decode(OwnPackage.self, from: $0) }
    }

    /// Keeps it.
    func write(to file: URL) throws {
        try JSONEncoder().encode(self).write(to: file, options: .atomic)
    }
}

extension OwnModules {
    /// Adds a package that was built.
    mutating func add(_ package: OwnPackage) {
        self.package = package
        // Before the modules of the tool, which may be of other versions of the same packages.
        compilerArguments = package.compilerArguments + compilerArguments
        linkerArguments += package.linkerArguments
        files += package.files + package.inputs.map(\.path)
    }
}
