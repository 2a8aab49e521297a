package import Lessons
package import OutputHTML

/// A formula as MathML, which browsers draw without scripts and fonts of ours.
///
/// It keeps to MathML Core: letters of other styles are Unicode's own, columns are aligned by CSS.
package struct MathML {
    /// The element `math`.
    package let html: HTMLBuffer
    /// The mistakes in the formula, each at its location, without the line shown.
    package let diagnostics: [Diagnostic]

    /// Translates a formula.
    ///
    /// - Parameters:
    ///   - formula: The formula.
    ///   - isDisplayed: Whether it stands alone, with limits above and below and fractions at full size.
    package static func render(_ formula: TeX, isDisplayed: Bool) -> MathML {
        let parsed = TeXParser.parse(formula.source)
        var printer = MathPrinter()
        printer.html.markup(isDisplayed ? "<math display=\"block\" alttext=\"" : "<math alttext=\"")
        printer.html.text(formula.source.split(whereSeparator: \.isWhitespace).joined(separator: " "))
        printer.html.markup("\">")
        printer.print(parsed.formula)
        printer.html.markup("</math>")
        let diagnostics = parsed.problems.map { problem in
            let location = formula.location(ofByte: problem.offset)
            return Diagnostic(.error, .markdown, at: location, problem.message, hint: problem.hint)
        }
        return MathML(html: printer.html, diagnostics: diagnostics)
    }
}

/// Writes the tree of a formula as elements of MathML.
private struct MathPrinter {
    var html = HTMLBuffer()

    mutating func print(_ node: MathNode) {
        switch node {
        case .row(let nodes): row(nodes)
        case .identifier(let name, let isUpright):
            // A browser slants a single Latin or Greek letter, unless told otherwise.
            let isSlanted =
                name.count == 1 && name.contains { ("A"..."z").contains($0) || ("Α"..."ω").contains($0) }
            element("mi", name, attributes: isUpright && isSlanted ? " mathvariant=\"normal\"" : "")
        case .number(let digits): element("mn", digits)
        case .sign(let sign): self.sign(sign)
        case .text(let words): element("mtext", words.replacing(" ", with: "\u{A0}"))
        case .space(let width): html.markup("<mspace width=\"\(Self.em(width))\"></mspace>")
        case .fraction(let above, let below, let hasLine):
            container("mfrac", hasLine ? "" : " linethickness=\"0\"", [above, below])
        case .root(let radicand, let index):
            if let index {
                container("mroot", "", [radicand, index])
            } else {
                container("msqrt", "", [radicand])
            }
        case .scripts(let base, let below, let above, let isStacked):
            scripts(base, below, above, isStacked)
        case .fenced(let opening, let body, let closing):
            html.markup("<mrow>")
            if let opening { sign(opening) }
            print(body)
            if let closing { sign(closing) }
            html.markup("</mrow>")
        case .table(let rows, let columns): table(rows, columns)
        case .styled(let node, let isDisplayed):
            container("mstyle", " displaystyle=\"\(String(isDisplayed))\"", [node])
        }
    }

    /// A width in em with three decimals, the same on every machine.
    private static func em(_ width: Double) -> String {
        let thousandths = Int((width * 1000).rounded())
        let digits = String(abs(thousandths) % 1000 + 1000).dropFirst()
        return "\(thousandths < 0 ? "-" : "")\(abs(thousandths) / 1000).\(digits)em"
    }

    private mutating func element(_ name: String, _ content: String, attributes: Markup = "") {
        html.markup("<\(name)\(attributes)>")
        html.text(content)
        html.markup("</\(name)>")
    }

    private mutating func container(_ name: String, _ attributes: Markup, _ nodes: [MathNode]) {
        html.markup("<\(name)\(attributes)>")
        for node in nodes { print(node) }
        html.markup("</\(name)>")
    }

    private mutating func scripts(_ base: MathNode, _ below: MathNode?, _ above: MathNode?, _ isStacked: Bool)
    {
        let name =
            switch (below != nil, above != nil) {
            case (true, true): isStacked ? "munderover" : "msubsup"
            case (true, false): isStacked ? "munder" : "msub"
            default: isStacked ? "mover" : "msup"
            }
        let isAccent = above?.isAccent == true
        let isUnderAccent = below?.isAccent == true
        let accent: Markup = isAccent ? " accent=\"true\"" : ""
        let underAccent: Markup = isUnderAccent ? " accentunder=\"true\"" : ""
        container(name, isStacked ? "\(accent)\(underAccent)" : "", [base, below, above].compactMap(\.self))
    }

    private mutating func table(_ rows: [[MathNode]], _ columns: MathColumns) {
        html.markup("<mtable>")
        for row in rows {
            html.markup("<mtr>")
            for (column, cell) in row.enumerated() {
                html.markup("<mtd style=\"text-align:\(columns.alignment(of: column))")
                if columns == .pairs {
                    html.markup(column.isMultiple(of: 2) ? ";padding-right:0" : ";padding-left:0")
                }
                html.markup("\">")
                print(cell)
                html.markup("</mtd>")
            }
            html.markup("</mtr>")
        }
        html.markup("</mtable>")
    }
}

// MARK: - Signs and the space around them

extension MathPrinter {
    private mutating func row(_ nodes: [MathNode]) {
        if nodes.count == 1 { return print(nodes[0]) }
        html.markup("<mrow>")
        var previous: MathSign.Role?
        for (index, node) in nodes.enumerated() {
            let next = index + 1 < nodes.count ? nodes[index + 1].role : nil
            if node.isFunction, previous == .ordinary || previous == .closing { print(.space(1.0 / 6)) }
            if case .sign(let sign) = node, sign.role == .binary, Self.precedesPrefix(previous) {
                self.sign(sign, isPrefix: true)
            } else {
                print(node)
            }
            if node.isFunction, next == .ordinary || next == .large || next == .function {
                print(.space(1.0 / 6))
            }
            previous = node.isFunction ? .function : node.role ?? previous
        }
        html.markup("</mrow>")
    }

    /// Whether a sign such as − that follows this role is a prefix, and not between two operands.
    private static func precedesPrefix(_ previous: MathSign.Role?) -> Bool {
        switch previous {
        case nil, .binary, .relation, .opening, .punctuation, .large, .function: true
        case .ordinary, .closing, .accent: false
        }
    }

    private mutating func sign(_ sign: MathSign, isPrefix: Bool = false) {
        let form: Markup =
            switch sign.role {
            case .opening: " form=\"prefix\""
            case .closing: " form=\"postfix\""
            case .ordinary: " lspace=\"0\" rspace=\"0\""
            case .function: " movablelimits=\"true\" lspace=\"0\" rspace=\"0\""
            case .binary, .relation, .large, .punctuation, .accent: isPrefix ? " form=\"prefix\"" : ""
            }
        var stretch: Markup = ""
        if let scale = sign.scale, scale != 1 {
            let size = Self.em(scale)
            stretch = " stretchy=\"true\" minsize=\"\(size)\" maxsize=\"\(size)\""
        } else if sign.scale == nil {
            stretch = " stretchy=\"true\""
        } else if Self.stretchesByDefault(sign) {
            stretch = " stretchy=\"false\""
        }
        element("mo", sign.text, attributes: "\(form)\(stretch)")
    }

    /// Whether a browser would stretch the sign unless told not to.
    private static func stretchesByDefault(_ sign: MathSign) -> Bool {
        switch sign.role {
        case .opening, .closing, .accent: true
        case .relation: MathSymbols.arrows.values.contains(sign.text)
        default: "|‖".contains(sign.text)
        }
    }
}
