internal import Foundation
internal import Lessons

/// A folder of the project's own Swift files, which are one module of the folder's name.
struct SourceModule: Sendable, Hashable {
    /// The name.
    let name: String
    /// The files, in the order of their paths.
    let files: [File]

    /// A file of Swift.
    struct File: Sendable, Hashable {
        /// The path from the project's folder.
        let path: String
        /// The text.
        let text: String
    }

    /// A declaration in a file.
    struct Declaration: Sendable, Hashable {
        /// The name.
        var name: String
        /// The word that declares it: `func`, `struct`.
        var keyword: Substring
        /// The line, from 1.
        var line: Int
        /// Whether it is seen outside of its module.
        var isPublic: Bool
    }

    /// Reads a folder.
    ///
    /// - Parameters:
    ///   - folder: The folder, as the settings name it.
    ///   - root: The project's folder.
    ///   - others: The modules of the folders before it.
    ///   - toolchain: The toolchain, with modules of its own.
    /// - Throws: `Diagnostic`, of a folder that is no module.
    static func read(
        _ folder: NamedFolder,
        in root: String,
        beside others: [SourceModule],
        of toolchain: Toolchain
    ) throws(Diagnostic) -> SourceModule {
        let url = URL(filePath: root, directoryHint: .isDirectory)
            .appending(path: folder.path, directoryHint: .isDirectory)
        let name = url.standardizedFileURL.lastPathComponent
        try check(name, of: folder, beside: others, of: toolchain)
        var isFolder: ObjCBool = false
        let path = url.path(percentEncoded: false)
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
            let parent = url.deletingLastPathComponent().standardizedFileURL.path(percentEncoded: false)
            let others = (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
            let folders = others.filter { !$0.hasPrefix(".") }.sorted()
            throw folder.error(
                isFolder.boolValue || !FileManager.default.fileExists(atPath: path)
                    ? "there is no folder '\(folder.path)'"
                    : "'\(folder.path)' is a file, and a folder of Swift files was expected",
                hint: Spelling.nearest(to: name, among: folders).map { "did you mean '\($0)'?" }
                    ?? "make it with a file in it, or leave the line out"
            )
        }
        let names = (try? FileManager.default.subpathsOfDirectory(atPath: path)) ?? []
        let files = names.filter { name in
            name.hasSuffix(".swift") && !name.split(separator: "/").contains { $0.hasPrefix(".") }
        }
        guard !files.isEmpty else {
            let remedy = "put a file into it, such as \(folder.path)/Helpers.swift"
            throw folder.error("'\(folder.path)' holds no Swift file", hint: remedy)
        }
        return SourceModule(
            name: name,
            files: try files.sorted().map { (name) throws(Diagnostic) in
                try file("\(folder.path)/\(name)", in: root)
            }
        )
    }

    private static func file(_ path: String, in root: String) throws(Diagnostic) -> File {
        let path = path.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
        let file = URL(filePath: root, directoryHint: .isDirectory).appending(path: path)
        guard let data = try? Data(contentsOf: file) else {
            throw Diagnostic(.error, .file, at: SourceLocation(file: path), "the file cannot be read")
        }
        let source = SourceText([UInt8](data), file: path)
        if let wrong = source.diagnostics.first(where: { $0.message.contains("UTF") }) { throw wrong }
        return File(path: path, text: String(decoding: data, as: UTF8.self))
    }

    // MARK: - Names

    /// The names that modules cannot have: words of the language, and what programs of lessons are called.
    private static let words = ["Any", "Protocol", "Self", "Type", "Builtin", "Swift", "main", "Lesson", "_"]

    /// Checks that a folder's name can be that of a module.
    private static func check(
        _ name: String,
        of folder: NamedFolder,
        beside others: [SourceModule],
        of toolchain: Toolchain
    ) throws(Diagnostic) {
        let isIdentifier =
            name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) || $0 == "_" }
            && name.first?.isNumber == false
        guard isIdentifier else {
            let letters = name.filter { $0.isASCII && ($0.isLetter || $0.isNumber) || $0 == "_" }.drop(
                while: \.isNumber
            )
            throw folder.error(
                "'\(name)' cannot be the name of a module, which is letters, digits and _",
                hint: "rename the folder, to \(letters.isEmpty ? "Helpers" : letters), say"
            )
        }
        if others.contains(where: { $0.name == name }) {
            throw folder.error(
                "two folders of sources are called '\(name)', and a module has its folder's name",
                hint: "rename one, or put one into the other"
            )
        }
        let isOfToolchain = Toolchain.platforms.contains { platform in
            FileManager.default.fileExists(
                atPath: "\(toolchain.root)/lib/swift/\(platform)/\(name).swiftmodule"
            )
        }
        let owner =
            NotebookLibrary.linkedModules.contains(name)
            ? "Unroll" : isOfToolchain || words.contains(name) ? "Swift" : nil
        if let owner {
            throw folder.error(
                "'\(name)' is a module of \(owner), and a folder of sources cannot have its name",
                hint: "rename the folder, to My\(name), say"
            )
        }
    }
}

extension SourceModule {
    /// Returns the modules that code needs, with those that these import, in their order.
    static func needed(for code: [String], among modules: [SourceModule]) -> [SourceModule] {
        let words = Set(
            code.flatMap { $0.split { !($0.isLetter || $0.isNumber || $0 == "_") } }.map(String.init)
        )
        var needed = Set(modules.filter { $0.isFelt || !$0.names.isDisjoint(with: words) }.map(\.name))
        for module in modules.reversed() where needed.contains(module.name) {
            needed.formUnion(modules.map(\.name).filter(module.imports))
        }
        return modules.filter { needed.contains($0.name) }
    }

    private var names: Set<String> { Set(files.flatMap(\.declarations).map(\.name) + [name]) }

    /// Whether code may depend on it that names nothing of it: by operators, members of other types, conformances.
    private var isFelt: Bool {
        files.contains { $0.text.contains(/\bextension\b|\boperator\b|\bfunc +[^\w `]/) }
    }

    private func imports(_ module: String) -> Bool {
        files.contains { $0.text.contains("import \(module)") }
    }
}

extension SourceModule.File {
    private static let keywords: Set<Substring> = [
        "func", "struct", "class", "enum", "protocol", "typealias", "actor", "let", "var", "macro",
    ]

    /// The declarations, found by their words: good enough for hints, whatever the file is.
    var declarations: [SourceModule.Declaration] {
        var found: [SourceModule.Declaration] = []
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let words = line.split { !($0.isLetter || $0.isNumber || $0 == "_") }
            let isPublic = words.contains("public") || words.contains("open")
            for (keyword, name) in zip(words, words.dropFirst()) where Self.keywords.contains(keyword) {
                let declaration = SourceModule.Declaration(
                    name: String(name),
                    keyword: keyword,
                    line: number + 1,
                    isPublic: isPublic
                )
                found.append(declaration)
            }
        }
        return found
    }
}
