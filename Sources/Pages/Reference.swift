internal import Lessons

/// The public symbols of modules, laid out in pages: one that lists all, one a type, one a module's functions.
struct Reference: Sendable {
    /// A page: a type with its members, or the functions of a module.
    struct Entry: Sendable {
        var path: String
        var title: String
        var module: String
        /// The type itself; `nil` for a page of functions.
        var symbol: SymbolGraph.Symbol?
        /// The members by sort, each with its id on the page.
        var groups: [(kind: MemberKind, members: [Member])] = []
    }

    /// A symbol on a page.
    struct Member: Sendable {
        var id: String
        var symbol: SymbolGraph.Symbol
    }

    /// The sorts of members, in the order of a page.
    enum MemberKind: Int, Sendable, CaseIterable {
        case cases, initializers, properties, methods, operators, functions, types

        init(_ kind: String) {
            switch kind {
            case "enum.case": self = .cases
            case "init": self = .initializers
            case "property", "type.property", "subscript", "type.subscript", "var": self = .properties
            case "method", "type.method": self = .methods
            case "func.op": self = .operators
            case "func", "macro": self = .functions
            default: self = .types
            }
        }
    }

    /// The path of the page that lists all.
    static let path = "reference.html"
    /// The pages, types first, in the order of modules and names.
    private(set) var entries: [Entry] = []
    /// Where each symbol is documented, by its identifier.
    private(set) var addresses: [String: String] = [:]

    /// Lays out the symbols of modules.
    init(_ graphs: [SymbolGraph]) {
        var paths = Anchors()
        for graph in graphs { add(graph, &paths) }
    }

    /// Whether there is anything to show.
    var isEmpty: Bool { entries.isEmpty }

    private mutating func add(_ graph: SymbolGraph, _ paths: inout Anchors) {
        let symbols = graph.symbols.sorted {
            ($0.pathComponents.joined(separator: "."), $0.identifier.precise) < (
                $1.pathComponents.joined(separator: "."), $1.identifier.precise
            )
        }
        let typeKinds: Set = ["struct", "class", "enum", "protocol", "actor"]
        let module = graph.module.name
        var byOwner: [String: [SymbolGraph.Symbol]] = [:]
        for symbol in symbols where symbol.pathComponents.count > 1 {
            byOwner[symbol.pathComponents[0], default: []].append(symbol)
        }
        let top = symbols.filter { $0.pathComponents.count == 1 }
        for symbol in top where typeKinds.contains(symbol.shortKind) {
            let members = byOwner.removeValue(forKey: symbol.pathComponents[0]) ?? []
            add(
                Entry(
                    path: path(module, symbol.names.title, &paths),
                    title: symbol.names.title,
                    module: module,
                    symbol: symbol
                ),
                members
            )
        }
        for (owner, members) in byOwner.sorted(by: { $0.key < $1.key }) {
            add(Entry(path: path(module, owner, &paths), title: owner, module: module), members)
        }
        let rest = top.filter { !typeKinds.contains($0.shortKind) }
        if !rest.isEmpty {
            add(Entry(path: path(module, "functions", &paths), title: module, module: module), rest)
        }
    }

    private func path(_ module: String, _ name: String, _ paths: inout Anchors) -> String {
        paths.claim(for: "reference \(module) \(name)") + ".html"
    }

    /// A symbol's name without its labels; operators have no letters to make an id of.
    private static func plainName(_ symbol: SymbolGraph.Symbol) -> String {
        let name = symbol.names.title.prefix { $0 != "(" }
        return name.contains { $0.isLetter } ? String(name) : "operator"
    }

    private mutating func add(_ entry: Entry, _ symbols: [SymbolGraph.Symbol]) {
        var entry = entry
        var ids = Anchors(reserved: Outline.reserved)
        var groups: [MemberKind: [Member]] = [:]
        if let symbol = entry.symbol { addresses[symbol.identifier.precise] = entry.path }
        for symbol in symbols {
            let id = ids.claim(for: Self.plainName(symbol))
            addresses[symbol.identifier.precise] = "\(entry.path)#\(id)"
            groups[MemberKind(symbol.shortKind), default: []].append(Member(id: id, symbol: symbol))
        }
        entry.groups = MemberKind.allCases.compactMap { kind in groups[kind].map { (kind, $0) } }
        entries.append(entry)
    }
}

extension SymbolGraph.Symbol {
    /// The first paragraph of the documentation, as text.
    var summary: String {
        let paragraph = documentation.split(separator: "\n", omittingEmptySubsequences: false).prefix {
            !$0.allSatisfy(\.isWhitespace)
        }
        return paragraph.joined(separator: " ").split(separator: "`", omittingEmptySubsequences: false)
            .joined()
    }
}
