internal import Lessons
internal import Serialization

/// The `structure` of a lesson's own layer, as its author would write it: in a page there is no reflection that would
/// find its parts.
package struct WrittenStructure: Sendable, Hashable, Codable {
    /// The index of the piece that declares the type.
    package var piece: Int
    /// The offset in the piece at which it is written: before the type's last brace, so that no line and no column of
    /// the author's changes.
    package var offset: Int
    /// The member.
    package var text: String
}

extension TypedPieces {
    /// The structures of all layers that declare none.
    package var writtenStructures: [WrittenStructure] {
        var types = LayerTypes(text: bareText)
        for part in program.structure { types.add(part, typesOf: variables) }
        return types.layers.compactMap { name, type in
            guard let body = type.body, !type.members.contains("structure"),
                let (piece, offset) = place(body.upperBound)
            else { return nil }
            let member = types.structure(of: name, type)
            return WrittenStructure(piece: piece, offset: offset, text: separator(at: body) + member + " ")
        }.sorted { ($0.piece, $0.offset) < ($1.piece, $1.offset) }
    }

    /// What must stand between the last member of a type and another one.
    private func separator(at body: Range<Int>) -> String {
        let line = bareText[body].reversed().prefix { $0 != UInt8(ascii: "\n") }
        let isFirst = line.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        return isFirst ? "" : line.first == UInt8(ascii: " ") ? "; " : " ; "
    }
}

/// The types that are layers.
struct LayerKinds {
    /// The lesson's own ones, and whether one can be made without arguments.
    private var own: [String: Bool] = [:]

    private static let known: Set<String> = [
        "Linear", "Embedding", "Dropout", "LayerNorm", "Sequential", "RNN", "LSTM", "GRU", "RNNCell",
        "LSTMCell",
        "GRUCell",
    ]

    /// Knows those of the library.
    init() {}

    /// Finds those that a lesson declares.
    init(_ typed: TypedPieces) {
        var types = LayerTypes(text: typed.bareText)
        for part in typed.program.structure { types.add(part, typesOf: typed.variables) }
        for (name, type) in types.layers { own[name] = type.isMadeOfNothing }
    }

    /// Whether a type is a layer.
    func contains(_ type: String) -> Bool { own[type] != nil || LayerKinds.known.contains(type) }

    /// Whether a layer can be made without arguments.
    func isMadeOfNothing(_ type: String) -> Bool { own[type] ?? false }
}

/// The types that a lesson declares, as far as a layer may be made of them.
private struct LayerTypes {
    struct Declared {
        /// Whether it has initializers of its own, and one that can do without arguments.
        var (hasInitializer, hasPlainInitializer) = (false, false)
        /// Whether each stored property has an initial value.
        var isInitialized = true
        var isClass = false
        var isPublic = false
        var inherited: [String] = []
        /// The names of all members, in extensions, too.
        var members: Set<String> = []
        /// The stored properties.
        var properties: [(name: String, type: String)] = []
        var body: Range<Int>?

        /// Whether it can be made without arguments.
        var isMadeOfNothing: Bool { hasInitializer ? hasPlainInitializer : isInitialized }
    }

    private var types: [String: Declared] = [:]
    /// The program, with blanks in the place of comments and texts.
    private let text: [UInt8]

    init(text: [UInt8]) { self.text = text }

    /// The protocols that layers conform to, and those of the lesson that refine them.
    private static let protocols: Set<String> = ["Layer", "TensorLayer", "RecurrentCell"]

    mutating func add(_ part: JSON, typesOf variables: [Int: String]) {
        let inner = part["key.substructure"]?.array ?? []
        let kind = part["key.kind"]?.string?.dropFirst("source.lang.swift.decl.".count) ?? ""
        guard ["struct", "class", "enum", "actor", "protocol"].contains(kind) || kind.hasPrefix("extension"),
            let name = part["key.name"]?.string
        else { return }
        var type = types[name] ?? Declared()
        type.inherited += (part["key.inheritedtypes"]?.array ?? []).compactMap { $0["key.name"]?.string }
        type.members.formUnion(inner.compactMap { $0["key.name"]?.string })
        for child in inner where child["key.name"]?.string?.hasPrefix("init(") == true {
            // In an extension it is one more beside that of all properties.
            if ["struct", "class"].contains(kind) { type.hasInitializer = true }
            let parameters = (child["key.substructure"]?.array ?? []).filter {
                $0["key.kind"]?.string == "source.lang.swift.decl.var.parameter"
            }
            if parameters.allSatisfy({ $0.range("").map { text[$0].contains(UInt8(ascii: "=")) } ?? false }) {
                type.hasPlainInitializer = true
            }
        }
        if ["struct", "class"].contains(kind) {
            type.isClass = kind == "class"
            type.isPublic = ["public", "open"].contains {
                part["key.accessibility"]?.string == "source.lang.swift.accessibility.\($0)"
            }
            type.body = part.range("body")
            for child in inner where child["key.kind"]?.string == "source.lang.swift.decl.var.instance" {
                guard let property = child["key.name"]?.string, let start = child.range("name")?.lowerBound,
                    let variable = variables[start], !isComputed(child)
                else { continue }
                type.properties.append((property, variable))
                let hasValue = child.range("").map { text[$0].contains(UInt8(ascii: "=")) } ?? false
                if !hasValue, !variable.hasSuffix("?") { type.isInitialized = false }
            }
        }
        types[name] = type
        for child in inner { add(child, typesOf: variables) }
    }

    /// Whether a property has no storage: it has a body, which is none of observers.
    private func isComputed(_ property: JSON) -> Bool {
        guard let body = property.range("body") else { return false }
        let code = text[body].drop { $0 == 0x20 || (0x09...0x0D).contains($0) }
        return !["willSet", "didSet"].contains { code.starts(with: $0.utf8) }
    }

    /// The layers, by their names.
    var layers: [(String, Declared)] {
        types.filter { $1.body != nil && isLayer($0) }.map { ($0, $1) }
    }

    private func isLayer(_ name: String, _ seen: Set<String> = []) -> Bool {
        if LayerTypes.protocols.contains(name) { return true }
        guard !seen.contains(name), let type = types[name] else { return false }
        return type.inherited.contains { isLayer($0, seen.union([name])) }
    }

    /// Returns the member for a layer.
    func structure(of name: String, _ type: Declared) -> String {
        let parent = type.isClass ? type.inherited.first { types[$0]?.isClass == true && isLayer($0) } : nil
        let parts =
            (parent.map { _ in ["super.structure.parts"] } ?? []) + parts(of: type, name: "", path: "")
        let mode = type.properties.first { $0.type == "LayerMode" }?.name
        let words = [
            "\"\(name)\"", "of: [\(parts.joined(separator: ", "))]",
            mode.map { "mode: \($0)" } ?? parent.map { _ in "mode: super.structure.mode" },
        ]
        let start = (type.isPublic ? "public " : "") + (parent == nil ? "" : "override ")
        let arguments = words.compactMap(\.self).joined(separator: ", ")
        return "\(start)var structure: LayerStructure { LayerStructure(\(arguments)) }"
    }

    /// The calls that give the parts of a type's properties. Those of other types of the lesson are looked into.
    private func parts(of type: Declared, name: String, path: String, within: Set<String> = []) -> [String] {
        let values = ValueTypes(
            properties: types.filter { !$1.isClass }.mapValues { $0.properties.map(\.type) }
        )
        return type.properties.flatMap { property -> [String] in
            if values.contains(property.type) || property.type == "LayerMode" || property.type.contains("->")
            {
                return []
            }
            if ["Generator", "Optimizer"].contains(where: property.type.hasPrefix) { return [] }
            let (name, path) = (name + property.name, path + property.name)
            if let other = types[property.type], other.body != nil, !isLayer(property.type) {
                guard !within.contains(property.type) else { return [] }
                return parts(
                    of: other,
                    name: "\(name).",
                    path: "\(path).",
                    within: within.union([property.type])
                )
            }
            return [".parts(\"\(name)\", \(path))"]
        }
    }
}
