/// The tree of a formula, between TeX and MathML.
indirect enum MathNode: Equatable {
    /// Nodes side by side.
    case row([MathNode])
    /// A name: a letter, or a function such as `sin`.
    case identifier(String, isUpright: Bool)
    /// A number.
    case number(String)
    /// An operator, a relation, a bracket or a comma.
    case sign(MathSign)
    /// Words.
    case text(String)
    /// A gap, in em.
    case space(Double)
    /// A fraction, or two nodes above one another without a line.
    case fraction(MathNode, MathNode, hasLine: Bool)
    /// A root; the square root without an index.
    case root(MathNode, index: MathNode?)
    /// A base with a subscript and a superscript; stacked, they stand below and above it.
    case scripts(MathNode, below: MathNode?, above: MathNode?, isStacked: Bool)
    /// A node between delimiters that grow with it.
    case fenced(MathSign?, MathNode, MathSign?)
    /// A table of cells, by rows.
    case table([[MathNode]], columns: MathColumns)
    /// A node set in display style, or in text style.
    case styled(MathNode, isDisplayed: Bool)
}

/// A sign: an operator, a relation, a bracket, a comma.
struct MathSign: Equatable {
    /// The class of a sign, which decides the space around it.
    enum Role: Equatable {
        /// An operator between two operands, such as `+` and `·`, or a prefix where nothing precedes it.
        case binary
        /// A relation, such as `=` and `→`.
        case relation
        /// A large operator, such as `∑` and `∫`.
        case large
        /// An opening delimiter, such as `(`.
        case opening
        /// A closing delimiter, such as `)`.
        case closing
        /// Punctuation, such as `,`.
        case punctuation
        /// A symbol that is spaced as a letter, such as `∞` and `…`.
        case ordinary
        /// A function with limits below it where there is room, such as `max`.
        case function
        /// An accent over or under a letter.
        case accent
    }

    /// The characters of the sign.
    var text: String
    /// The class of the sign.
    var role: Role
    /// Whether scripts stand above and below.
    var takesLimits = false
    /// The height as a multiple of the sign's own; `nil` stretches it to its neighbors.
    var scale: Double? = 1
}

/// The alignment of a table's columns.
enum MathColumns: Equatable {
    /// Centered columns, as in a matrix.
    case centered
    /// Columns by their letters: `l`, `c` or `r`.
    case listed([Character])
    /// Pairs of columns flush right and flush left, close together, as in `aligned`.
    case pairs

    /// The value of CSS's `text-align` for a column.
    func alignment(of column: Int) -> String {
        switch self {
        case .centered: "center"
        case .listed(let letters):
            switch column < letters.count ? letters[column] : "l" {
            case "l": "left"
            case "r": "right"
            default: "center"
            }
        case .pairs: column.isMultiple(of: 2) ? "right" : "left"
        }
    }
}

extension MathNode {
    /// The node of a command without arguments.
    init?(symbol name: String) {
        if let letter = MathSymbols.letters[name] {
            self = .identifier(letter, isUpright: false)
        } else if let letter = MathSymbols.upright[name] {
            self = .identifier(letter, isUpright: true)
        } else if MathSymbols.functions.contains(name) {
            self = .identifier(name, isUpright: true)
        } else if let width = MathSymbols.spaces[name] {
            self = .space(width)
        } else if let sign = MathSign(symbol: name) {
            self = .sign(sign)
        } else {
            return nil
        }
    }

    /// Whether scripts stand above and below it.
    var takesLimits: Bool {
        switch self {
        case .sign(let sign): sign.takesLimits
        // `\underbrace{…}_{…}`
        case .scripts(_, let below, let above, isStacked: true):
            ["⏞", "⏟"].contains { brace in [below, above].contains { $0?.text == brace } }
        default: false
        }
    }

    /// The class that decides the space around the node; `nil` for a gap.
    var role: MathSign.Role? {
        switch self {
        case .sign(let sign): sign.role
        case .scripts(let base, _, _, _): base.role
        case .space: nil
        case .fenced: .closing
        default: .ordinary
        }
    }

    /// Whether the node is a function such as `log`, with or without scripts.
    var isFunction: Bool {
        switch self {
        case .identifier(let name, isUpright: true): name.count > 1
        case .sign(let sign): sign.role == .function
        case .scripts(let base, _, _, _): base.isFunction
        default: false
        }
    }

    /// Whether the node is an accent.
    var isAccent: Bool {
        if case .sign(let sign) = self { sign.role == .accent } else { false }
    }

    private var text: String? {
        if case .sign(let sign) = self { sign.text } else { nil }
    }

    /// The letters and digits of the node as one word; `nil` if it holds anything else.
    var word: String? {
        switch self {
        case .identifier(let name, _): name
        case .number(let digits): digits
        case .text(let words): words
        case .space: " "
        case .sign(let sign) where sign.text == "−": "-"
        case .row(let nodes):
            nodes.reduce("") { word, node in
                guard let word, let next = node.word else { return nil }
                return word + next
            }
        default: nil
        }
    }

    /// Returns the node with its letters in another style.
    func styled(_ alphabet: MathAlphabet) -> MathNode {
        switch self {
        case .identifier(let name, _): .identifier(String(name.map(alphabet.styled)), isUpright: true)
        case .number(let digits): .number(String(digits.map(alphabet.styled)))
        case .row(let nodes): .row(nodes.map { $0.styled(alphabet) })
        case .scripts(let base, let below, let above, let isStacked):
            .scripts(
                base.styled(alphabet),
                below: below?.styled(alphabet),
                above: above?.styled(alphabet),
                isStacked: isStacked
            )
        default: self
        }
    }
}

extension MathSign {
    /// The sign of a command.
    init?(symbol name: String) {
        if let text = MathSymbols.binary[name] {
            self.init(text: text, role: .binary)
        } else if let text = MathSymbols.relations[name] {
            self.init(text: text, role: .relation)
        } else if let text = MathSymbols.large[name] {
            self.init(text: text, role: .large, takesLimits: true)
        } else if let text = MathSymbols.integrals[name] {
            self.init(text: text, role: .large)
        } else if MathSymbols.limitFunctions.contains(name) {
            let text = ["limsup": "lim\u{2006}sup", "liminf": "lim\u{2006}inf", "argmax": "arg\u{2006}max"]
            let name = name == "argmin" ? "arg\u{2006}min" : text[name] ?? name
            self.init(text: name, role: .function, takesLimits: true)
        } else if name == "|" {
            self.init(text: "‖", role: .ordinary)
        } else if name.first?.isLetter == true || "{}".contains(name), let sign = Self.delimiter(name) {
            self = sign
        } else {
            return nil
        }
    }

    /// Returns the delimiter of a command or character.
    static func delimiter(_ name: String) -> MathSign? {
        MathSymbols.opening[name].map { MathSign(text: $0, role: .opening) }
            ?? MathSymbols.closing[name].map { MathSign(text: $0, role: .closing) }
            ?? MathSymbols.eitherSide[name].map { MathSign(text: $0, role: .ordinary) }
    }

    /// Whether the sign is the empty delimiter `.`.
    var isNone: Bool { text.isEmpty }
}
