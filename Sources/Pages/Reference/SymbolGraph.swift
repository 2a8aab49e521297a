public import Foundation
internal import Lessons

/// A module's public symbols, as `swift-symbolgraph-extract` writes them.
public struct SymbolGraph: Sendable, Decodable {
    /// The module's name.
    package var module: Module
    /// The symbols.
    package var symbols: [Symbol]
    /// The relationships between symbols.
    package var relationships: [Relationship]

    /// Reads a graph from its JSON.
    public init(json: Data) throws {
        self = try JSONDecoder().decode(SymbolGraph.self, from: json)
    }

    /// A module.
    package struct Module: Sendable, Decodable {
        package var name: String
    }

    /// A symbol with its declaration and its documentation.
    package struct Symbol: Sendable, Decodable {
        package var kind: Kind
        package var identifier: Identifier
        package var pathComponents: [String]
        package var names: Names
        package var docComment: Comment?
        package var declarationFragments: [Fragment]?

        package struct Kind: Sendable, Decodable {
            /// The kind, such as `swift.struct`.
            package var identifier: String
        }
        package struct Identifier: Sendable, Decodable {
            package var precise: String
        }
        package struct Names: Sendable, Decodable {
            package var title: String
        }
        package struct Comment: Sendable, Decodable {
            package var lines: [Line]
            package struct Line: Sendable, Decodable { package var text: String }
        }
        package struct Fragment: Sendable, Decodable {
            package var kind: String
            package var spelling: String
            package var preciseIdentifier: String?
        }
    }

    /// A relationship between two symbols, such as `memberOf`.
    package struct Relationship: Sendable, Decodable {
        package var kind: String
        package var source: String
        package var target: String
    }
}

extension SymbolGraph.Symbol {
    /// The documentation as Markdown.
    var documentation: String {
        (docComment?.lines ?? []).map(\.text).joined(separator: "\n")
    }

    /// The first paragraph of the documentation, as text.
    var summary: String { DocumentationComment(documentation).summary }

    /// The kind without the language, such as `struct`.
    var shortKind: String {
        String(kind.identifier.dropFirst(kind.identifier.hasPrefix("swift.") ? 6 : 0))
    }

    /// The name within its type, such as `matmul(_:)`.
    var title: String {
        let path = pathComponents.count > 1 ? pathComponents.dropFirst() : pathComponents[...]
        return path.joined(separator: ".").replacing("file:line:", with: "")
    }

    /// The name without labels; `operator` for one without letters.
    var plainName: String {
        let name = names.title.prefix { $0 != "(" }
        return name.contains { $0.isLetter } ? String(name) : "operator"
    }

    /// The declaration without `@export(…)`, by which the compiler knows whose code a function is.
    private var fragmentsForCallers: [Fragment] {
        var kept: [Fragment] = []
        var isAfterExport = false
        for fragment in declarationFragments ?? [] {
            let isExport = fragment.spelling.hasPrefix("@export(")
            if !isExport, !isAfterExport || fragment.spelling != " " { kept.append(fragment) }
            isAfterExport = isExport
        }
        return kept
    }

    /// The declaration as a caller needs it: without the parameters `file` and `line`, too, which name a failure's caller.
    var declaration: [Fragment] {
        let fragments = fragmentsForCallers
        let text = fragments.map(\.spelling).joined()
        guard fragments.contains(where: { $0.spelling == "file" }),
            let file = text.firstRange(of: "file: StaticString"),
            let line = text[file.upperBound...].firstRange(of: "line: UInt"),
            let end = text[line.upperBound...].firstIndex(where: { $0 == "," || $0 == ")" })
        else { return fragments }
        // With the comma before it, or that after it.
        let isFirst = !text[..<file.lowerBound].hasSuffix(", ")
        let start = text[..<file.lowerBound].count - (isFirst ? 0 : 2)
        let hidden = start..<text[..<end].count + (isFirst && text[end] == "," ? 2 : 0)
        var kept: [Fragment] = []
        var offset = 0
        for var fragment in fragments {
            let end = offset + fragment.spelling.count
            fragment.spelling =
                String(fragment.spelling.prefix(max(0, hidden.lowerBound - offset)))
                + fragment.spelling.suffix(max(0, min(end - hidden.upperBound, end - offset)))
            offset = end
            if !fragment.spelling.isEmpty { kept.append(fragment) }
        }
        return kept
    }
}
