/// A formula as a tree, between TeX and MathML.
indirect enum MathNode: Equatable {
    /// Nodes side by side.
    case row([MathNode])
    /// A name: a letter, or a function such as `sin`.
    case identifier(String, isUpright: Bool)
    /// A number.
    case number(String)
    /// A sign.
    case sign(MathSign)
    /// Words.
    case text(String)
    /// A gap, in em.
    case space(Double)
    /// One above the other.
    case fraction(MathNode, MathNode, hasLine: Bool)
    /// A root, the square root when it has no index.
    case root(MathNode, index: MathNode?)
    /// What stands at the upper and lower right; or above and below, when `isStacked`.
    case scripts(MathNode, below: MathNode?, above: MathNode?, isStacked: Bool)
    /// Between delimiters that grow with what they hold.
    case fenced(MathSign?, MathNode, MathSign?)
    /// Rows of cells.
    case table([[MathNode]], columns: MathColumns)
    /// Set as in a displayed formula, or as in the text.
    case styled(MathNode, isDisplayed: Bool)
}

/// A sign: an operator, a relation, a bracket, a comma.
struct MathSign: Equatable {
    /// What a sign does to the space around it.
    enum Role: Equatable {
        /// `+`, `·`: has space on both sides, unless nothing stands before it.
        case binary
        /// `=`, `→`.
        case relation
        /// `∑`, `∫`.
        case large
        /// `(`.
        case opening
        /// `)`.
        case closing
        /// `,`.
        case punctuation
        /// `∞`, `…`: as a letter.
        case ordinary
        /// `max`, whose limits stand below it where there is room.
        case function
        /// What stands over or under a letter.
        case accent
    }

    var text: String
    var role: Role
    /// Whether scripts stand above and below.
    var takesLimits = false
    /// How many times its own height it has; 1 for as it is, `nil` for as high as what stands beside it.
    var scale: Double? = 1
}

/// How the columns of a table are set.
enum MathColumns: Equatable {
    /// All centered, as in a matrix.
    case centered
    /// Each as its letter says: `l`, `c` or `r`.
    case listed([Character])
    /// To the right and to the left in turn, pairs close together, as in `aligned`.
    case pairs

    /// The alignment of a column, as CSS calls it.
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
    /// What a command without arguments stands for.
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

    /// What it does to the space around it; `nil` for a gap.
    var role: MathSign.Role? {
        switch self {
        case .sign(let sign): sign.role
        case .scripts(let base, _, _, _): base.role
        case .space: nil
        case .fenced: .closing
        default: .ordinary
        }
    }

    /// Whether it is a function such as `log`, with or without scripts.
    var isFunction: Bool {
        switch self {
        case .identifier(let name, isUpright: true): name.count > 1
        case .sign(let sign): sign.role == .function
        case .scripts(let base, _, _, _): base.isFunction
        default: false
        }
    }

    /// Whether it is the mark of an accent.
    var isAccent: Bool {
        if case .sign(let sign) = self { sign.role == .accent } else { false }
    }

    private var text: String? {
        if case .sign(let sign) = self { sign.text } else { nil }
    }

    /// Letters and digits as one word, when there is nothing else.
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

    /// The same with its letters in another style.
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
    /// The sign that a command stands for.
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

    /// The delimiter of a name or character.
    static func delimiter(_ name: String) -> MathSign? {
        MathSymbols.opening[name].map { MathSign(text: $0, role: .opening) }
            ?? MathSymbols.closing[name].map { MathSign(text: $0, role: .closing) }
            ?? MathSymbols.eitherSide[name].map { MathSign(text: $0, role: .ordinary) }
    }

    /// Whether it is the delimiter `.`, which is none.
    var isNone: Bool { text.isEmpty }
}
