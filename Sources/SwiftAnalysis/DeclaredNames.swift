internal import Serialization

/// The names that a program declares itself, and its types, in whose declarations a name can be a member without a dot.
struct DeclaredNames {
    /// The numbers of declarations of each name: those that the parser counts, and the variables that the type checker
    /// counts.
    private var counts: [String: (parsed: Int, checked: Int)] = [:]
    /// The names that are declared outside of all braces.
    private var globals: Set<String> = []
    private var types: [Range<Int>] = []

    /// Finds the names of a program.
    ///
    /// - Parameters:
    ///   - structure: What SourceKit says of the program's declarations, statements and calls.
    ///   - variables: The offsets of its variables' names.
    ///   - text: The program.
    static func find(in structure: [JSON], variables: some Sequence<Int>, of text: [UInt8]) -> DeclaredNames {
        let punctuation = Set(" \n\t.,:;=()[]{}<>?!&|+-*/%^~\"`".utf8)
        var found = DeclaredNames()
        for start in variables {
            let name = String(decoding: text[start...].prefix { !punctuation.contains($0) }, as: UTF8.self)
            found.counts[name, default: (0, 0)].checked += 1
        }
        found.add(structure, areGlobal: true)
        return found
    }

    private mutating func add(_ parts: [JSON], areGlobal: Bool) {
        for part in parts {
            defer { add(part["key.substructure"]?.array ?? [], areGlobal: false) }
            guard let kind = part["key.kind"]?.string, kind.hasPrefix("source.lang.swift.decl."),
                let name = part["key.name"]?.string?.prefix(while: { $0 != "(" })
            else { continue }
            counts[String(name), default: (0, 0)].parsed += 1
            if areGlobal { globals.insert(String(name)) }
            if DeclaredNames.kindsOfTypes.contains(kind), let start = part["key.offset"]?.integer,
                let length = part["key.length"]?.integer
            {
                types.append(start..<start + length)
            }
        }
    }

    private static let kindsOfTypes = Set(
        ["actor", "class", "enum", "extension", "protocol", "struct"].map { "source.lang.swift.decl.\($0)" }
    )

    /// Whether the program declares a name.
    func contains(_ name: String) -> Bool { counts[name] != nil }

    /// Whether a name is declared once, for the whole program.
    func isOnlyGlobal(_ name: String) -> Bool {
        counts[name].map { max($0.parsed, $0.checked) == 1 } == true && globals.contains(name)
    }

    /// Whether a place is in the declaration of a type.
    func isInType(_ place: Int) -> Bool { types.contains { $0.contains(place) } }
}
