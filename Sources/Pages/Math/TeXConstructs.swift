/// Commands that take arguments.
extension TeXParser {
    /// The names of the commands.
    static let constructs = [
        "frac", "dfrac", "tfrac", "cfrac", "binom", "dbinom", "tbinom", "sqrt", "overset", "underset",
        "stackrel",
        "text", "textrm", "textbf", "textit", "texttt", "mbox", "mathrm", "mathit", "operatorname", "left",
        "right",
        "middle", "begin", "end", "not", "substack", "limits", "nolimits", "displaystyle", "textstyle",
    ]

    /// Parses the arguments of a command; `nil` for one that takes none.
    mutating func construct(_ name: String, at offset: Int) -> MathNode? {
        switch name {
        case "frac", "tfrac", "dfrac", "cfrac", "binom", "tbinom", "dbinom":
            return fraction(name, at: offset)
        case "sqrt":
            let index = optionalArgument()
            return .root(argument(of: "\\sqrt", at: offset), index: index)
        case "overset", "stackrel":
            let above = argument(of: "\\\(name)", at: offset)
            return .scripts(argument(of: "\\\(name)", at: offset), below: nil, above: above, isStacked: true)
        case "underset":
            let below = argument(of: "\\underset", at: offset)
            return .scripts(argument(of: "\\underset", at: offset), below: below, above: nil, isStacked: true)
        case "text", "textrm", "textbf", "textit", "texttt", "textsf", "textnormal", "mbox":
            return words(of: name, at: offset)
        case "mathrm", "mathit", "operatorname": return upright(name, at: offset)
        case "left": return fenced(at: offset)
        case "middle": return .sign(delimiter(after: name, at: offset, scale: nil))
        case "begin": return environment(at: offset)
        case "substack": return substack(at: offset)
        case "not": return negated(at: offset)
        default: return sized(name, at: offset) ?? accented(name, at: offset)
        }
    }

    private mutating func fraction(_ name: String, at offset: Int) -> MathNode {
        let isBinomial = name.hasSuffix("binom")
        let above = argument(of: "\\\(name)", at: offset)
        let below = argument(of: "\\\(name)", at: offset)
        var node = MathNode.fraction(above, below, hasLine: !isBinomial)
        if isBinomial {
            let round = { MathSign(text: $0, role: $1, scale: nil) }
            node = .fenced(round("(", .opening), node, round(")", .closing))
        }
        switch name.first {
        case "d", "c": return .styled(node, isDisplayed: true)
        case "t": return .styled(node, isDisplayed: false)
        default: return node
        }
    }

    private mutating func accented(_ name: String, at offset: Int) -> MathNode? {
        if let alphabet = MathAlphabet(command: name) {
            return argument(of: "\\\(name)", at: offset).styled(alphabet)
        }
        if let arrow = MathSymbols.arrows[name] {
            let below = optionalArgument()
            let above = argument(of: "\\\(name)", at: offset)
            let sign = MathNode.sign(MathSign(text: arrow, role: .relation))
            return .scripts(sign, below: below, above: above, isStacked: true)
        }
        let mark = { (text: String, scale: Double?) in
            MathNode.sign(MathSign(text: text, role: .accent, scale: scale))
        }
        if let accent = MathSymbols.accents[name] {
            let base = argument(of: "\\\(name)", at: offset)
            return .scripts(base, below: nil, above: mark(accent, 1), isStacked: true)
        }
        if let accent = MathSymbols.wideAccents[name] {
            let base = argument(of: "\\\(name)", at: offset)
            return .scripts(base, below: nil, above: mark(accent, nil), isStacked: true)
        }
        if let accent = MathSymbols.wideUnders[name] {
            let base = argument(of: "\\\(name)", at: offset)
            return .scripts(base, below: mark(accent, nil), above: nil, isStacked: true)
        }
        return nil
    }

    private mutating func words(of name: String, at offset: Int) -> MathNode {
        guard lexer.take(.open), let text = lexer.takeRaw() else {
            report(offset, "\\\(name) needs its words between braces", hint: "write \\\(name){…}")
            return .row([])
        }
        return .text(text)
    }

    private mutating func upright(_ name: String, at offset: Int) -> MathNode {
        let takesLimits = name == "operatorname" && lexer.take(.character("*"))
        let node = argument(of: "\\\(name)", at: offset)
        guard let word = node.word else { return node }
        if name == "mathit" { return .identifier(word, isUpright: false) }
        if takesLimits { return .sign(MathSign(text: word, role: .function, takesLimits: true)) }
        return .identifier(word, isUpright: true)
    }

    private mutating func negated(at offset: Int) -> MathNode {
        let node = argument(of: "\\not", at: offset)
        if case .sign(var sign) = node, let negation = MathSymbols.negations[sign.text] {
            sign.text = negation
            return .sign(sign)
        }
        report(offset, "\\not knows no stroke for what follows it", hint: "write \\neq or \\notin, say")
        return node
    }
}

// MARK: - Delimiters

extension TeXParser {
    /// Parses `\left( … \right)` after its `\left`.
    mutating func fenced(at offset: Int) -> MathNode {
        let opening = delimiter(after: "left", at: offset, scale: nil)
        let nodes = row()
        guard lexer.take(.command("right")) else {
            report(offset, "this \\left has no \\right", hint: "write \\right. for a side without delimiter")
            return .fenced(opening.isNone ? nil : opening, .row(nodes), nil)
        }
        let closing = delimiter(after: "right", at: lexer.offset, scale: nil)
        return .fenced(opening.isNone ? nil : opening, .row(nodes), closing.isNone ? nil : closing)
    }

    /// Parses the delimiter after `\bigl` and the like; `nil` for other commands.
    mutating func sized(_ name: String, at offset: Int) -> MathNode? {
        if let scale = MathSymbols.sizes[name] {
            return .sign(delimiter(after: name, at: offset, scale: scale))
        }
        guard let last = name.last, "lrm".contains(last),
            let scale = MathSymbols.sizes[String(name.dropLast())]
        else {
            return nil
        }
        return .sign(delimiter(after: name, at: offset, scale: scale))
    }

    /// Parses the delimiter after a command.
    mutating func delimiter(after name: String, at offset: Int, scale: Double?) -> MathSign {
        let key: String? =
            switch lexer.peek() {
            case .character(let character): String(character)
            case .command("|"): "Vert"
            case .command(let name): name
            default: nil
            }
        if let key, key == "." || MathSign.delimiter(key) != nil {
            _ = lexer.next()
            var sign = MathSign.delimiter(key) ?? MathSign(text: "", role: .ordinary)
            sign.scale = scale
            if name == "left" || name.hasSuffix("l") { sign.role = .opening }
            if name == "right" || name.hasSuffix("r") { sign.role = .closing }
            return sign
        }
        report(offset, "\\\(name) needs a delimiter after it", hint: "write \\\(name)( or \\\(name)\\{, say")
        return MathSign(text: "", role: .ordinary)
    }
}
