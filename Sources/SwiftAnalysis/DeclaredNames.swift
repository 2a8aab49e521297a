internal import Serialization

/// The names that a program declares itself, and the bodies of its types, where a name can be a member without a dot.
struct DeclaredNames {
    private var names: Set<String>
    private var typeBodies: [Range<Int>] = []

    /// Finds the names of a program.
    ///
    /// - Parameters:
    ///   - structure: What SourceKit says of the program's declarations, statements and calls.
    ///   - variables: The offsets of its variables' names.
    ///   - text: The program.
    static func find(in structure: [JSON], variables: some Sequence<Int>, of text: [UInt8]) -> DeclaredNames {
        let punctuation = Set(" \n\t.,:;=()[]{}<>?!&|+-*/%^~\"`".utf8)
        let named = variables.map { start in
            String(decoding: text[start...].prefix { !punctuation.contains($0) }, as: UTF8.self)
        }
        var found = DeclaredNames(names: Set(named))
        found.add(structure)
        return found
    }

    private static let types = Set(
        ["actor", "class", "enum", "extension", "protocol", "struct"].map { "source.lang.swift.decl.\($0)" }
    )

    private init(names: Set<String>) { self.names = names }

    private mutating func add(_ parts: [JSON]) {
        for part in parts {
            defer { add(part["key.substructure"]?.array ?? []) }
            guard let kind = part["key.kind"]?.string, kind.hasPrefix("source.lang.swift.decl."),
                let name = part["key.name"]?.string
            else { continue }
            names.insert(String(name.prefix { $0 != "(" }))
            if DeclaredNames.types.contains(kind), let start = part["key.offset"]?.integer,
                let length = part["key.length"]?.integer
            {
                typeBodies.append(start..<start + length)
            }
        }
    }

    /// Whether the program declares a name.
    func contains(_ name: String) -> Bool { names.contains(name) }

    /// Whether a place is in the declaration of a type.
    func areMembers(at place: Int) -> Bool { typeBodies.contains { $0.contains(place) } }
}
