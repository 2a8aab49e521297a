internal import Lessons
internal import Serialization

/// The names of a program and its parts that run: which name stands for what, as far as syntax and types tell.
///
/// Where they do not tell, a name counts as that of a lesson's own declaration. Places are bytes of the program.
struct ProgramOutline {
    /// A word or an operator.
    struct Token {
        var text: String
        var range: Range<Int>
        var kind: SyntaxToken.Kind
        /// Whether a dot stands before it.
        var isMember: Bool
        /// The index of the innermost part around it.
        var part: Int
    }

    /// A part of the program that runs by itself: a function, a type with the values of its properties, or the code of a
    /// piece that stands in neither.
    struct Part {
        enum Kind { case code, function, type }

        var kind: Kind
        /// The name without labels; that of the type for an initializer.
        var name: String
        var piece: Int
        var range: Range<Int>
        /// The part around it.
        var outer: Int?
        /// The parameters of a function, in their order.
        var parameters: [(label: String, name: String)] = []
        /// The variables that it declares within.
        var locals: [Local] = []
    }

    /// A variable of a function, a closure or a block.
    struct Local {
        var name: String
        /// The part of the program where the name stands for it.
        var scope: Range<Int>
        /// The code that its value comes from; `nil` for the parameter of a closure.
        var value: Range<Int>?
    }

    /// The program, with blanks in the place of comments and texts.
    let text: [UInt8]
    /// The parts; the first ones are the codes of the pieces.
    private(set) var parts: [Part] = []
    /// The tokens of all pieces, in their order.
    private(set) var tokens: [Token] = []
    /// The pieces that declare a name outside of all braces.
    private(set) var globals: [String: Set<Int>] = [:]
    /// The variables among them, with their declarations.
    private(set) var variables: [String: (range: Range<Int>, isVariable: Bool)] = [:]
    /// The pieces that add a member of a name to a type.
    private(set) var members: [String: Set<Int>] = [:]
    /// The pieces with extensions that matter to code that names none of their members, and the type that is extended.
    private(set) var silentExtensions: [(type: String, piece: Int)] = []
    /// The parts that run where a name stands.
    private(set) var partsByName: [String: [Int]] = [:]
    /// The arguments of calls, by the end of the name of what is called.
    private(set) var calls: [Int: Call] = [:]
    /// The types of the stored properties of structs and enums.
    private(set) var properties: [String: [String]] = [:]
    /// The names of all properties and functions of the lesson's types.
    private(set) var memberNames: Set<String> = []
    /// The names of variables, members and labels where they are declared.
    private var declaredNames: Set<Int> = []
    /// The types of expressions.
    let types: [Range<Int>: String]

    /// A call.
    struct Call {
        var range: Range<Int>
        var arguments: [(label: String, range: Range<Int>)]
    }

    /// Reads a type-checked program.
    init(_ typed: TypedPieces) {
        text = typed.bareText
        var types: [Range<Int>: String] = [:]
        for (start, expressions) in zip(typed.starts, typed.expressions) {
            for expression in expressions { types[expression.range.moved(by: start)] = expression.type }
        }
        self.types = types
        for (index, piece) in typed.pieces.enumerated() {
            let start = typed.starts[index]
            let range = start..<start + piece.text.utf8.count
            parts.append(Part(kind: .code, name: "", piece: index, range: range))
        }
        for part in typed.program.structure {
            guard let range = part.range(""), let piece = typed.place(range.lowerBound)?.piece else {
                continue
            }
            add(part, to: piece, within: parts[piece].range, typed)
        }
        // What a live call runs leaves nothing behind, and so is no code of its piece.
        for call in typed.liveExpressions where call.function == .live {
            guard let body = call.body?.moved(by: typed.starts[call.piece]) else { continue }
            parts.append(
                Part(kind: .function, name: "{live}", piece: call.piece, range: body, outer: call.piece)
            )
        }
        for (index, part) in parts.enumerated() where part.kind != .code {
            partsByName[part.name, default: []].append(index)
        }
        addTokens(typed)
    }

    // MARK: - Declarations

    private mutating func add(_ json: JSON, to outer: Int, within scope: Range<Int>, _ typed: TypedPieces) {
        guard let range = json.range(""), let kind = json["key.kind"]?.string else { return }
        let name = String((json["key.name"]?.string ?? "").prefix { $0 != "(" })
        let inner = json["key.substructure"]?.array ?? []
        let word = kind.dropFirst("source.lang.swift.".count)
        let isGlobal = parts[outer].kind == .code && scope == parts[outer].range
        if isGlobal, word.hasPrefix("decl."), !word.hasPrefix("decl.extension") {
            globals[name, default: []].insert(parts[outer].piece)
        }
        if word.hasPrefix("decl.var") {
            addVariable(json, name, word, to: outer, within: scope, typed)
        } else if word == "expr.call" || word.hasPrefix("decl.function") || isType(word) {
            addOther(json, name, word, to: outer, typed)
        } else {
            if word == "decl.enumelement", let start = json.range("name")?.lowerBound {
                declaredNames.insert(start)
            }
            let isGuard = word == "stmt.guard"
            for part in inner { add(part, to: outer, within: isGuard ? scope : range, typed) }
        }
    }

    private func isType(_ word: Substring) -> Bool {
        ["struct", "class", "enum", "actor", "extension", "protocol"].contains { word == "decl.\($0)" }
            || word.hasPrefix("decl.extension")
    }

    private mutating func addOther(
        _ json: JSON,
        _ name: String,
        _ word: Substring,
        to outer: Int,
        _ typed: TypedPieces
    ) {
        guard let range = json.range("") else { return }
        let inner = json["key.substructure"]?.array ?? []
        if word == "expr.call" {
            let arguments = inner.filter { $0["key.kind"]?.string == "source.lang.swift.expr.argument" }
            if let callee = json.range("name") {
                calls[callee.upperBound] = Call(
                    range: range,
                    arguments: arguments.compactMap { argument in
                        argument.range("body").map { (argument["key.name"]?.string ?? "_", $0) }
                    }
                )
            }
            for part in inner { add(part, to: outer, within: range, typed) }
            return
        }
        let isType = isType(word)
        if !isType, parts[outer].kind == .function {
            // A function in a function is a part of that; its parameters hold whatever it is given.
            for part in inner { add(part, to: outer, within: range, typed) }
            return
        }
        var part = Part(
            kind: isType ? .type : .function,
            name: name,
            piece: parts[outer].piece,
            range: range,
            outer: outer
        )
        if !isType, parts[outer].kind == .type {
            memberNames.insert(name)
            if let start = json.range("name")?.lowerBound { declaredNames.insert(start) }
            if name == "init" { part.name = parts[outer].name }
        }
        let index = parts.count
        parts.append(part)
        if word.hasPrefix("decl.extension") { addExtension(json, name, inner, piece: part.piece) }
        for child in inner {
            if !isType, child["key.kind"]?.string == "source.lang.swift.decl.var.parameter",
                let parameter = child["key.name"]?.string
            {
                let label = child.range("name").map { String(decoding: text[$0], as: UTF8.self) }
                parts[index].parameters.append((label ?? "_", parameter))
                if let start = child.range("name")?.lowerBound, label != parameter {
                    declaredNames.insert(start)
                }
            } else {
                add(child, to: index, within: range, typed)
            }
        }
        noteProperties(of: name, word, inner)
    }

    /// Makes an entry for a struct or an enum that has none yet; classes have none, nor has what has payloads.
    private mutating func noteProperties(of name: String, _ word: Substring, _ inner: [JSON]) {
        let hasPayload = inner.contains { child in
            (child["key.substructure"]?.array ?? []).contains {
                $0["key.kind"]?.string == "source.lang.swift.decl.enumelement"
                    && $0["key.name"]?.string?.contains("(") == true
            }
        }
        switch word {
        case "decl.struct": properties[name] = properties[name] ?? []
        case "decl.enum" where !hasPayload: properties[name] = properties[name] ?? []
        case "decl.class", "decl.actor", "decl.enum": properties[name] = nil
        default: break
        }
    }

    private mutating func addExtension(_ json: JSON, _ type: String, _ inner: [JSON], piece: Int) {
        var isSilent = json["key.inheritedtypes"] != nil
        for child in inner {
            let name = String((child["key.name"]?.string ?? "").prefix { $0 != "(" })
            let isWord = name.first.map { $0.isLetter || $0 == "_" } ?? false
            // These are used without being named.
            if ["init", "subscript", "callAsFunction", "description"].contains(name) || !isWord {
                isSilent = true
            }
            members[name, default: []].insert(piece)
        }
        if isSilent { silentExtensions.append((type, piece)) }
    }

    private mutating func addVariable(
        _ json: JSON,
        _ name: String,
        _ word: Substring,
        to outer: Int,
        within scope: Range<Int>,
        _ typed: TypedPieces
    ) {
        guard var range = json.range("") else { return }
        let body = json.range("body")
        let nameStart = json.range("name")?.lowerBound ?? range.lowerBound
        let isComputed =
            body.map { !text[range.lowerBound..<$0.lowerBound].contains(UInt8(ascii: "=")) } ?? false
        switch parts[outer].kind {
        case .code where word == "decl.var.global":
            let isClosure = typed.variables[nameStart]?.contains("->") == true
            if isClosure || isComputed {
                parts.append(
                    Part(kind: .function, name: name, piece: parts[outer].piece, range: range, outer: outer)
                )
            } else {
                let isVariable = text[range.lowerBound...].starts(with: "var".utf8)
                variables[name] = variables[name] ?? (range, isVariable)
            }
        case .type:
            memberNames.insert(name)
            declaredNames.insert(nameStart)
            if !isComputed, word == "decl.var.instance", let type = typed.variables[nameStart] {
                properties[parts[outer].name, default: []].append(type)
            }
            if let body {
                parts.append(
                    Part(kind: .function, name: name, piece: parts[outer].piece, range: body, outer: outer)
                )
            }
        case .code, .function:
            // What a block declares holds from the line after, or within the braces after.
            let isParameter = word == "decl.var.parameter"
            let ends = "{;\n".utf8
            let end = text[range.upperBound..<scope.upperBound].firstIndex { ends.contains($0) }
            if !isParameter, let end { range = range.lowerBound..<end }
            let start = isParameter ? range.lowerBound : range.upperBound
            let local = Local(
                name: name,
                scope: start..<max(start, scope.upperBound),
                value: isParameter ? nil : range
            )
            parts[outer].locals.append(local)
            if isParameter || isNewName(name, at: nameStart, in: json.range("") ?? range) {
                declaredNames.insert(nameStart)
            }
        }
    }

    /// Whether a name that is declared is not also read there, as those of `if let x` and `[x]` are.
    private func isNewName(_ name: String, at start: Int, in declaration: Range<Int>) -> Bool {
        let rest = text[min(start + name.utf8.count, text.count)...].drop { $0.isBlank }
        if rest.first == UInt8(ascii: "=") || rest.first == UInt8(ascii: ":") || rest.starts(with: "in ".utf8)
        {
            return true
        }
        if text[declaration].contains(UInt8(ascii: "=")) { return true }
        let line = text[..<start].reversed().prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "{") }
        return line.reversed().drop { $0.isBlank }.starts(with: "for ".utf8)
    }

    // MARK: - Tokens

    private mutating func addTokens(_ typed: TypedPieces) {
        let byStart = parts.indices.sorted {
            (parts[$0].range.lowerBound, -parts[$0].range.count) < (
                parts[$1].range.lowerBound, -parts[$1].range.count
            )
        }
        var next = byStart.startIndex
        var open: [Int] = []
        for (index, piece) in typed.pieces.enumerated() {
            let bytes = Array(piece.text.utf8)
            var declaresOperator = false
            for token in piece.syntax.tokens where token.kind != .comment && token.kind != .string {
                let range = token.range.moved(by: typed.starts[index])
                let word = String(decoding: bytes[token.range], as: UTF8.self).filter { $0 != "`" }
                while next < byStart.endIndex, parts[byStart[next]].range.lowerBound <= range.lowerBound {
                    open.append(byStart[next])
                    next += 1
                }
                while let last = open.last, parts[last].range.upperBound <= range.lowerBound {
                    open.removeLast()
                }
                if declaresOperator { globals[word, default: []].insert(index) }
                declaresOperator = token.kind == .keyword && ["operator", "precedencegroup"].contains(word)
                let before = text[..<range.lowerBound].last { !$0.isBlank }
                let isMember = before == UInt8(ascii: ".") && !isAfterRange(range.lowerBound)
                tokens.append(
                    Token(
                        text: word,
                        range: range,
                        kind: token.kind,
                        isMember: isMember,
                        part: open.last ?? index
                    )
                )
            }
        }
    }

    /// Whether the dot before a place ends an operator such as `..<`.
    private func isAfterRange(_ place: Int) -> Bool {
        guard let dot = text[..<place].lastIndex(where: { !$0.isBlank }), dot > 0 else { return false }
        return text[dot - 1] == UInt8(ascii: ".")
    }

    /// The indices of the tokens in a range.
    func tokens(in range: Range<Int>) -> Range<Int> {
        func first(_ offset: Int) -> Int {
            var (low, high) = (0, tokens.count)
            while low < high {
                let middle = (low + high) / 2
                if tokens[middle].range.lowerBound < offset { low = middle + 1 } else { high = middle }
            }
            return low
        }
        return first(range.lowerBound)..<first(range.upperBound)
    }

    /// Whether a token is the label of an argument or of a parameter.
    func isLabel(_ token: Token) -> Bool {
        guard token.range.upperBound < text.count, types[token.range] == nil,
            let next = text[token.range.upperBound...].first(where: { !$0.isBlank }),
            next == UInt8(ascii: ":"),
            let before = text[..<token.range.lowerBound].last(where: { !$0.isBlank })
        else { return false }
        return [UInt8(ascii: "("), UInt8(ascii: ",")].contains(before)
    }

    /// The meaning of a name.
    enum Meaning {
        /// One that is declared outside of all braces.
        case global
        /// The parameter of the function around it.
        case parameter
        /// A variable of the part of this index, by its index there.
        case local(part: Int, index: Int)
        /// A member of the type around it.
        case member
        /// A library's, or something else's.
        case other
    }

    /// Returns the meaning of a name.
    func meaning(of token: Token) -> Meaning {
        guard token.kind == .identifier || token.kind == .type || token.kind == .operator else {
            return token.text == "self" ? .member : .other
        }
        if token.isMember || declaredNames.contains(token.range.lowerBound) || isLabel(token) {
            return .other
        }
        if token.text.hasPrefix("$") { return .local(part: token.part, index: -1) }
        var part: Int? = token.part
        var isInType = false
        while let index = part {
            let locals = parts[index].locals
            if let local = locals.lastIndex(where: {
                $0.name == token.text && $0.scope.contains(token.range.lowerBound)
            }) {
                return .local(part: index, index: local)
            }
            if parts[index].parameters.contains(where: { $0.name == token.text }) { return .parameter }
            if parts[index].kind == .type { isInType = true }
            part = parts[index].outer
        }
        if globals[token.text] != nil { return .global }
        return isInType && memberNames.contains(token.text) ? .member : .other
    }
}

extension UInt8 {
    fileprivate var isBlank: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
}
