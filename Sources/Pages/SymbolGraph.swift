public import Foundation

/// What the compiler says of a module's public symbols, as `swift symbolgraph-extract` writes it.
public struct SymbolGraph: Sendable, Decodable {
    /// The module's name.
    package var module: Module
    /// The symbols.
    package var symbols: [Symbol]
    /// What belongs to what.
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
            /// Such as `swift.struct`.
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

        /// The documentation as Markdown.
        package var documentation: String {
            (docComment?.lines ?? []).map(\.text).joined(separator: "\n")
        }

        /// The kind without the language, such as `struct`.
        package var shortKind: String {
            String(kind.identifier.dropFirst(kind.identifier.hasPrefix("swift.") ? 6 : 0))
        }
    }

    /// A tie between two symbols, such as `memberOf`.
    package struct Relationship: Sendable, Decodable {
        package var kind: String
        package var source: String
        package var target: String
    }
}
