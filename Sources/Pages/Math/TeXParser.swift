internal import Lessons

/// A parser of TeX's formulas, as far as lessons on networks use them, that reports unknown commands.
struct TeXParser {
    /// A mistake, at a byte offset in the formula.
    struct Problem: Equatable {
        var offset: Int
        var message: String
        var hint: String?
    }

    private var problems: [Problem] = []
    var lexer: TeXLexer
    /// The current nesting depth of groups, tables and arguments, bounded to protect the stack.
    private var depth = 0
    private static let maximumDepth = 100

    private init(_ source: String) {
        lexer = TeXLexer(source)
    }

    /// Returns the tree of a formula, and its mistakes in the order in which they were found.
    static func parse(_ source: String) -> (formula: MathNode, problems: [Problem]) {
        var parser = TeXParser(source)
        var nodes = parser.row()
        while let token = parser.lexer.peek() {
            parser.reportStray(token)
            _ = parser.lexer.next()
            nodes += parser.row()
        }
        return (.row(nodes), parser.problems)
    }

    mutating func report(_ offset: Int, _ message: String, hint: String? = nil) {
        // Mistakes after a formula was given up only follow from that.
        if problems.last?.message.hasPrefix("groups stand more") == true { return }
        problems.append(Problem(offset: offset, message: message, hint: hint))
    }

    private mutating func reportStray(_ token: TeXLexer.Token) {
        let offset = lexer.offset
        switch token {
        case .close: report(offset, "this } closes nothing", hint: "write \\} for the sign itself")
        case .ampersand:
            report(
                offset,
                "& stands outside of a table",
                hint: "put it between \\begin{aligned} and \\end{aligned}"
            )
        case .command("\\"):
            report(
                offset,
                "a line ends outside of a table",
                hint: "put it between \\begin{aligned} and \\end{aligned}"
            )
        case .command("right"): report(offset, "\\right has no \\left before it")
        default: report(offset, "\\end has no \\begin before it")
        }
    }
}

// MARK: - Rows and scripts

extension TeXParser {
    /// Parses nodes up to the end of the group, cell or formula, or up to a bracket that ends an optional argument.
    mutating func row(until stop: Character? = nil) -> [MathNode] {
        var nodes: [MathNode] = []
        while let token = lexer.peek(), !isEnd(token, stop) {
            if token == .command("displaystyle") || token == .command("textstyle") {
                _ = lexer.next()
                let rest = MathNode.row(row(until: stop))
                return nodes + [.styled(rest, isDisplayed: token == .command("displaystyle"))]
            }
            if let node = scripted() { nodes.append(node) }
        }
        return nodes
    }

    private func isEnd(_ token: TeXLexer.Token, _ stop: Character?) -> Bool {
        switch token {
        case .close, .ampersand, .command("\\"), .command("right"), .command("end"): true
        case .character(let character): character == stop
        default: false
        }
    }

    /// Parses a node with its subscript, superscript and primes.
    private mutating func scripted() -> MathNode? {
        let isBare = lexer.peek() == .above || lexer.peek() == .below
        guard let base = isBare ? MathNode.row([]) : atom() else { return nil }
        var below: MathNode?
        var above: MathNode?
        var primes = ""
        var isStacked = base.takesLimits
        while let token = lexer.peek() {
            let offset = lexer.offset
            switch token {
            case .command("limits"), .command("nolimits"):
                _ = lexer.next()
                isStacked = token == .command("limits")
            case .character("'"):
                _ = lexer.next()
                primes += "′"
            case .above:
                _ = lexer.next()
                if above != nil {
                    report(offset, "a second ^ on the same base", hint: "put braces around one of them")
                }
                above = argument(of: "^", at: offset)
            case .below:
                _ = lexer.next()
                if below != nil {
                    report(offset, "a second _ on the same base", hint: "put braces around one of them")
                }
                below = argument(of: "_", at: offset)
            default:
                return attach(base, below, above, primes, isStacked)
            }
        }
        return attach(base, below, above, primes, isStacked)
    }

    private func attach(
        _ base: MathNode,
        _ below: MathNode?,
        _ above: MathNode?,
        _ primes: String,
        _ isStacked: Bool
    ) -> MathNode {
        let primes = primes.replacing("′′′", with: "‴").replacing("′′", with: "″")
        let marks = primes.isEmpty ? nil : MathNode.sign(MathSign(text: primes, role: .ordinary))
        let top = [marks, above].compactMap(\.self)
        guard !top.isEmpty || below != nil else { return base }
        let upper = top.isEmpty ? nil : top.count == 1 ? top[0] : .row(top)
        return .scripts(base, below: below, above: upper, isStacked: isStacked)
    }

    /// Parses the argument of a command: a group or an atom.
    mutating func argument(of name: String, at offset: Int) -> MathNode {
        if case .character(let digit)? = lexer.peek(), digit.isASCII, digit.isNumber {
            _ = lexer.next()
            return .number(String(digit))
        }
        if let token = lexer.peek(), !isEnd(token, nil), token != .above, token != .below, let node = atom() {
            return node
        }
        report(offset, "\(name) needs something to stand on", hint: "write \(name){…}")
        return .row([])
    }

    /// Parses the optional argument of a command, which stands between brackets.
    mutating func optionalArgument() -> MathNode? {
        guard lexer.take(.character("[")) else { return nil }
        let nodes = row(until: "]")
        _ = lexer.take(.character("]"))
        return .row(nodes)
    }
}

// MARK: - Atoms

extension TeXParser {
    /// Parses a node without scripts.
    private mutating func atom() -> MathNode? {
        let offset = lexer.offset
        guard let token = lexer.next() else { return nil }
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumDepth else {
            report(offset, "groups stand more than \(Self.maximumDepth) deep in one another")
            while lexer.next() != nil {}
            return nil
        }
        switch token {
        case .open:
            let nodes = row()
            if !lexer.take(.close) {
                report(offset, "this { is never closed", hint: "write \\{ for the sign itself")
            }
            return .row(nodes)
        case .character(let character): return atom(character, at: offset)
        case .command(let name): return command(name, at: offset)
        case .close, .above, .below, .ampersand: return nil
        }
    }

    private mutating func atom(_ character: Character, at offset: Int) -> MathNode? {
        switch character {
        case "0"..."9": return number(from: character)
        case "a"..."z", "A"..."Z", "α"..."ω": return .identifier(String(character), isUpright: false)
        case "Α"..."Ω": return .identifier(String(character), isUpright: true)
        case "+", "±", "×", "·": return .sign(MathSign(text: String(character), role: .binary))
        case "-": return .sign(MathSign(text: "−", role: .binary))
        case "*": return .sign(MathSign(text: "∗", role: .binary))
        case "=", "<", ">", ":": return .sign(MathSign(text: String(character), role: .relation))
        case "(", "[": return .sign(MathSign(text: String(character), role: .opening))
        case ")", "]", "!", "?": return .sign(MathSign(text: String(character), role: .closing))
        case ",", ";": return .sign(MathSign(text: String(character), role: .punctuation))
        case "~": return .space(0.25)
        case "%", "#", "$":
            report(
                offset,
                "\(character) has no meaning in a formula",
                hint: "write \\\(character) for the sign itself"
            )
            return nil
        case _ where character.isLetter: return words(from: character)
        case _ where MathSymbols.relations.values.contains(String(character)):
            return .sign(MathSign(text: String(character), role: .relation))
        case _ where MathSymbols.binary.values.contains(String(character)):
            return .sign(MathSign(text: String(character), role: .binary))
        case _ where MathSymbols.large.values.contains(String(character)):
            return .sign(MathSign(text: String(character), role: .large, takesLimits: true))
        default: return .sign(MathSign(text: String(character), role: .ordinary))
        }
    }

    /// Parses digits, with a decimal point between two of them.
    private mutating func number(from first: Character) -> MathNode {
        var text = String(first)
        while case .character(let next)? = lexer.peek() {
            if next.isASCII, next.isNumber {
                text.append(next)
            } else if next == ".", !text.contains(".") {
                var ahead = lexer
                _ = ahead.next()
                guard case .character(let digit)? = ahead.peek(), digit.isASCII, digit.isNumber else { break }
                text.append(next)
            } else {
                break
            }
            _ = lexer.next()
        }
        return .number(text)
    }

    /// Parses letters that no formula has of its own, such as Chinese, as words.
    private mutating func words(from first: Character) -> MathNode {
        var text = String(first)
        while case .character(let next)? = lexer.peek(), next.isLetter, !next.isASCII {
            text.append(next)
            _ = lexer.next()
        }
        return .text(text)
    }

    private mutating func command(_ name: String, at offset: Int) -> MathNode? {
        MathNode(symbol: name) ?? construct(name, at: offset) ?? unknown(name, at: offset)
    }

    private mutating func unknown(_ name: String, at offset: Int) -> MathNode? {
        let hint: String? =
            switch name {
            case "over", "atop", "choose": "write \\frac{…}{…} or \\binom{…}{…}"
            case "tag", "label", "nonumber", "notag", "ref":
                "formulas bear no numbers; say in the text which is meant"
            case "newcommand", "def", "renewcommand": "write the formula out"
            case "": "a backslash stands at the end"
            default:
                Spelling.nearest(to: name, among: Self.commands).map { "did you mean '\\\($0)'?" }
            }
        report(offset, "unknown command '\\\(name)' in a formula", hint: hint)
        return .row([])
    }

    /// The names of all commands, for suggestions.
    private static let commands: [String] = {
        let tables = [
            MathSymbols.letters, MathSymbols.upright, MathSymbols.binary, MathSymbols.relations,
            MathSymbols.large,
            MathSymbols.integrals, MathSymbols.opening, MathSymbols.closing, MathSymbols.eitherSide,
            MathSymbols.accents, MathSymbols.wideAccents, MathSymbols.wideUnders, MathSymbols.arrows,
        ]
        let names = tables.flatMap(\.keys) + MathSymbols.functions + MathSymbols.limitFunctions
        return (names + MathSymbols.spaces.keys + MathAlphabet.commands + constructs).filter { $0.count > 1 }
            .sorted()
    }()
}
