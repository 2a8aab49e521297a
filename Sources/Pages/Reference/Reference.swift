/// The public symbols of modules, laid out in pages: one that lists all, one a type, one a module's functions.
struct Reference: Sendable {
    /// A page: a type with its members, or the functions of a module.
    struct Entry: Sendable {
        var path: String
        var title: String
        var module: String
        /// The type itself; `nil` for a page of functions.
        var symbol: SymbolGraph.Symbol?
        /// The documented protocols that the type conforms to, by their identifiers.
        var protocols: [String] = []
        /// The members by kind, each with its id on the page.
        var groups: [Group] = []
    }

    /// Members of one kind.
    struct Group: Sendable {
        var kind: MemberKind
        var id: String
        var members: [Member]
    }

    /// A symbol on a page.
    struct Member: Sendable {
        var id: String
        var symbol: SymbolGraph.Symbol
    }

    /// The kinds of members, in the order of a page.
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

    /// The folder of all pages.
    static let folder = "reference"
    /// The path of the page that lists all.
    static let path = "\(folder)/index.html"
    /// The pages, types first, in the order of modules and names.
    private(set) var entries: [Entry] = []
    /// The addresses of the symbols, by their identifiers.
    private(set) var addresses: [String: String] = [:]
    /// The names of symbols, by their identifiers.
    private(set) var names: [String: String] = [:]

    /// Lays out the symbols of modules. Members that a module adds to a type of another are on that type's page, if it has
    /// one.
    static func layOut(_ graphs: [SymbolGraph]) -> Reference {
        var reference = Reference()
        reference.addEntries(of: graphs)
        reference.addConformances(graphs.flatMap(\.relationships))
        return reference
    }

    private mutating func addEntries(of graphs: [SymbolGraph]) {
        var modules: [String] = []
        for graph in graphs where !modules.contains(graph.module.name) { modules.append(graph.module.name) }
        let symbols = graphs.flatMap { graph in
            graph.symbols.map { (module: graph.module.name, symbol: $0) }
        }
        let owners = Set(symbols.map(\.symbol.pathComponents).filter { $0.count > 1 }.map { $0[0] })
        var members: [String: [SymbolGraph.Symbol]] = [:]
        var paths = Slugger(reserved: ["index"])
        for module in modules {
            let top = symbols.filter { $0.module == module && $0.symbol.pathComponents.count == 1 }
                .map(\.symbol)
            let types = top.filter { Self.isType($0, among: owners) }
            for symbol in types.sorted(by: Self.areInOrder) {
                let path = "\(Self.folder)/\(paths.id(for: symbol.names.title)).html"
                entries.append(Entry(path: path, title: symbol.names.title, module: module, symbol: symbol))
            }
            let rest = top.filter { !Self.isType($0, among: owners) }
            if rest.isEmpty { continue }
            let path = "\(Self.folder)/\(paths.id(for: module + " functions")).html"
            entries.append(Entry(path: path, title: module, module: module))
            members[path] = rest
        }
        for (module, symbol) in symbols where symbol.pathComponents.count > 1 {
            let owner = symbol.pathComponents[0]
            let own = entries.first { $0.title == owner && $0.module == module && $0.symbol != nil }
            guard let entry = own ?? entries.first(where: { $0.title == owner && $0.symbol != nil }) else {
                continue
            }
            members[entry.path, default: []].append(symbol)
        }
        for index in entries.indices { add(members[entries[index].path] ?? [], to: index) }
    }

    /// Whether there is no page.
    var isEmpty: Bool { entries.isEmpty }

    /// Whether a symbol has a page of its own: a type, or an alias with members.
    private static func isType(_ symbol: SymbolGraph.Symbol, among owners: Set<String>) -> Bool {
        ["struct", "class", "enum", "protocol", "actor"].contains(symbol.shortKind)
            || symbol.shortKind == "typealias" && owners.contains(symbol.names.title)
    }

    private static func areInOrder(_ a: SymbolGraph.Symbol, _ b: SymbolGraph.Symbol) -> Bool {
        (a.title, a.identifier.precise) < (b.title, b.identifier.precise)
    }

    /// Adds the members of an entry.
    private mutating func add(_ symbols: [SymbolGraph.Symbol], to index: Int) {
        let path = entries[index].path
        var ids = Slugger(reserved: PageOutline.reserved)
        let groupIDs = MemberKind.allCases.map { ids.id(for: "all \($0)") }
        if let symbol = entries[index].symbol {
            addresses[symbol.identifier.precise] = path
            names[symbol.identifier.precise] = symbol.names.title
        }
        var groups: [MemberKind: [Member]] = [:]
        for symbol in symbols.sorted(by: Self.areInOrder) {
            let id = ids.id(for: symbol.plainName)
            addresses[symbol.identifier.precise] = "\(path)#\(id)"
            names[symbol.identifier.precise] = symbol.names.title
            groups[MemberKind(symbol.shortKind), default: []].append(Member(id: id, symbol: symbol))
        }
        entries[index].groups = MemberKind.allCases.compactMap { kind in
            groups[kind].map { Group(kind: kind, id: groupIDs[kind.rawValue], members: $0) }
        }
    }

    private mutating func addConformances(_ relationships: [SymbolGraph.Relationship]) {
        let ties = relationships.filter { $0.kind == "conformsTo" && addresses[$0.target] != nil }
        let protocols = Dictionary(grouping: ties, by: \.source)
        for index in entries.indices {
            let own = protocols[entries[index].symbol?.identifier.precise ?? ""] ?? []
            entries[index].protocols = Set(own.map(\.target)).sorted { (names[$0] ?? "") < (names[$1] ?? "") }
        }
    }
}
