internal import Lessons
internal import Serialization

/// The modules of a project's own that programs of lessons import, and how they are compiled and linked with them.
package struct OwnModules: Sendable, Hashable {
    /// The project's folder, from which paths of files count.
    var root = "."
    /// The modules that the tool compiled of folders of files, in their order.
    var sources: [SourceModule] = []
    /// The package whose libraries are imported, too.
    var package: OwnPackage?
    /// Whether programs import the engine and the charts besides.
    var usesEngine = true
    /// The compiler's options.
    var compilerArguments: [String] = []
    /// The linker's options and objects.
    var linkerArguments: [String] = []
    /// The files that were made of them.
    var files: [String] = []

    /// The parts of a lesson's key: of each file a digest.
    var components: [RunKey.Component] {
        let files = sources.flatMap(\.files).map {
            RunKey.Component(name: "own Swift, \($0.path)", value: Digest(of: $0.text).text)
        }
        let engine = usesEngine ? [] : [RunKey.Component(name: "imports", value: "without the engine")]
        return (package?.components ?? []) + files + engine
    }

    /// A text that is another when a part of a key is.
    var version: String { components.map { "\($0.name)\u{0}\($0.value)\u{0}" }.joined() }

    /// The modules that a program imports.
    var imports: Imports {
        guard !sources.isEmpty || package != nil || !usesEngine else { return .engine }
        // Names are of importance only where the engine's do not come with those of the runtime.
        let declared =
            usesEngine
            ? [] : Set(sources.flatMap(\.files).flatMap(\.declarations).filter(\.isPublic).map(\.name))
        return Imports(
            hasEngine: usesEngine,
            modules: (package?.modules ?? []) + sources.map(\.name),
            declaring: usesEngine ? [] : declared.union(package?.declared ?? []),
            sources: sources
        )
    }

    /// Whether a cell can import a module and link it.
    func links(_ module: String) -> Bool {
        sources.contains { $0.name == module } || package?.linkedModules.contains(module) == true
    }

    /// The modules of Swift that lessons import, and the options by which tools other than the compiler find them.
    var documented: (modules: [String], arguments: [String]) {
        var arguments: [String] = []
        var rest = compilerArguments[...]
        while let word = rest.popFirst() {
            guard let value = rest.first, ["-I", "-F", "-Xcc"].contains(word) else { continue }
            arguments += [word, value]
            rest = rest.dropFirst()
        }
        let modules = (package?.modules.filter { package?.linkedModules.contains($0) == true } ?? [])
        return (modules + sources.map(\.name), arguments)
    }
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
                package.map { package in
                    "add it to \(package.manifest): its package to the dependencies, its product to a target"
                }
                ?? "write package: DIR into unroll.yml, for a package that has it, or sources: [Sources/\(module)], for files of your own"
            return error
        }
        if message.contains("is ambiguous") || message.contains("ambiguous use of"), usesEngine,
            let module = imports.modules.first
        {
            var error = error
            error.hint =
                "write \(module).… for your own, or leave the engine out: engine: false in unroll.yml"
            return error
        }
        let unseen =
            message.firstMatch(of: /^cannot find (?:type )?'(?<name>\w+)' in scope/)?.name
            ?? message.firstMatch(of: /^'(?<name>\w+)[^']*' is inaccessible due to/)?.name
        guard error.severity == .error, let unseen else { return error }
        guard let (file, declaration) = declaration(of: String(unseen)) else {
            // SourceKit knows names of modules that are loaded, and not imported.
            guard !usesEngine, error.hint == nil || error.hint == "did you mean '\(unseen)'?" else {
                return error
            }
            var error = error
            error.hint =
                "if it is of the engine, which engine: false leaves out, write import Recurrent in a cell"
            return error
        }
        var error = error
        error.hint = "\(file):\(declaration.line) declares it: write public \(declaration.keyword) \(unseen)"
        return error
    }

    /// The first declaration of a name in the sources, or in the package, that says nothing of `public`.
    private func declaration(of name: String) -> (file: String, declaration: SourceModule.Declaration)? {
        for file in sources.flatMap(\.files) + (package?.sources ?? []) {
            let found = file.declarations.first { $0.name == name && !$0.isPublic }
            if let found { return (file.path, found) }
        }
        return nil
    }
}
