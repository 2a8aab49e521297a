internal import Lessons
internal import Serialization

/// The modules of a project's own that programs of lessons import, and how they are compiled and linked with them.
package struct OwnModules: Sendable, Hashable {
    /// The modules that the tool compiled of folders of files, in their order.
    var sources: [SourceModule] = []
    /// The compiler's options.
    var compilerArguments: [String] = []
    /// The linker's options and objects.
    var linkerArguments: [String] = []
    /// The files that were made of them.
    var files: [String] = []

    /// The parts of a lesson's key: of each file a digest.
    var components: [RunKey.Component] {
        sources.flatMap(\.files).map {
            RunKey.Component(name: "own Swift, \($0.path)", value: Digest(of: $0.text).text)
        }
    }

    /// A text that is another when a part of a key is.
    var version: String { components.map { "\($0.name)\u{0}\($0.value)\u{0}" }.joined() }

    /// The modules that a program imports.
    var imports: Imports { Imports(modules: sources.map(\.name)) }
}

// MARK: - What the compiler says of lessons that use them

extension OwnModules {
    /// Returns an error of the compiler; where it is about a module that is not there, or about a declaration that only its
    /// own module sees, with the remedy as hint.
    func explained(_ error: Diagnostic) -> Diagnostic {
        let message = error.message
        if let module = message.firstMatch(of: /^no such module '(?<name>[^']*)'/)?.name {
            var error = error
            error.hint =
                "the project can have it: sources: [Sources/\(module)] in unroll.yml, for files of your own"
            return error
        }
        let unseen =
            message.firstMatch(of: /^cannot find (?:type )?'(?<name>\w+)' in scope/)?.name
            ?? message.firstMatch(of: /^'(?<name>\w+)[^']*' is inaccessible due to/)?.name
        guard error.severity == .error, let unseen,
            let (file, declaration) = declaration(of: String(unseen))
        else { return error }
        var error = error
        error.hint = "\(file):\(declaration.line) declares it: write public \(declaration.keyword) \(unseen)"
        return error
    }

    /// The first declaration of a name in the sources that says nothing of `public`.
    private func declaration(of name: String) -> (file: String, declaration: SourceModule.Declaration)? {
        for file in sources.flatMap(\.files) {
            let found = file.declarations.first { $0.name == name && !$0.isPublic }
            if let found { return (file.path, found) }
        }
        return nil
    }
}
