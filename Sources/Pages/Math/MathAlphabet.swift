/// A style of letters for which Unicode has characters of its own, since MathML takes no fonts.
enum MathAlphabet: String {
    case bold, boldItalic, blackboard, script, fraktur, sansSerif, typewriter

    /// The alphabet of a command such as `\mathbb`.
    init?(command: String) {
        switch command {
        case "mathbf": self = .bold
        case "boldsymbol", "bm", "mathbfit": self = .boldItalic
        case "mathbb": self = .blackboard
        case "mathcal", "mathscr": self = .script
        case "mathfrak": self = .fraktur
        case "mathsf": self = .sansSerif
        case "mathtt": self = .typewriter
        default: return nil
        }
    }

    /// The names of the commands.
    static let commands = [
        "mathbf", "boldsymbol", "bm", "mathbfit", "mathbb", "mathcal", "mathscr", "mathfrak", "mathsf",
        "mathtt",
    ]

    /// Returns a letter or digit in this style, or unchanged where the style has none.
    func styled(_ character: Character) -> Character {
        if let exception = exceptions[character] { return exception }
        guard let scalar = character.unicodeScalars.first, character.unicodeScalars.count == 1 else {
            return character
        }
        let value = scalar.value
        let styled: UInt32? =
            switch character {
            case "A"..."Z": capitals + value - 0x41
            case "a"..."z": capitals + 26 + value - 0x61
            case "0"..."9": digits.map { $0 + value - 0x30 }
            case "Α"..."Ω": greek.map { $0 + value - 0x391 }
            case "α"..."ω": greek.map { $0 + 26 + value - 0x3B1 }
            default: nil
            }
        return styled.flatMap(Unicode.Scalar.init).map(Character.init) ?? character
    }

    private var capitals: UInt32 {
        switch self {
        case .bold: 0x1D400
        case .boldItalic: 0x1D468
        case .script: 0x1D49C
        case .fraktur: 0x1D504
        case .blackboard: 0x1D538
        case .sansSerif: 0x1D5A0
        case .typewriter: 0x1D670
        }
    }

    private var digits: UInt32? {
        switch self {
        case .bold, .boldItalic: 0x1D7CE
        case .blackboard: 0x1D7D8
        case .sansSerif: 0x1D7E2
        case .typewriter: 0x1D7F6
        case .script, .fraktur: nil
        }
    }

    private var greek: UInt32? {
        switch self {
        case .bold: 0x1D6A8
        case .boldItalic: 0x1D71C
        default: nil
        }
    }

    /// The letters that Unicode had before the alphabets, and left out of them.
    private var exceptions: [Character: Character] {
        switch self {
        case .blackboard: ["C": "ℂ", "H": "ℍ", "N": "ℕ", "P": "ℙ", "Q": "ℚ", "R": "ℝ", "Z": "ℤ"]
        case .script:
            [
                "B": "ℬ", "E": "ℰ", "F": "ℱ", "H": "ℋ", "I": "ℐ", "L": "ℒ", "M": "ℳ", "R": "ℛ", "e": "ℯ",
                "g": "ℊ",
                "o": "ℴ",
            ]
        case .fraktur: ["C": "ℭ", "H": "ℌ", "I": "ℑ", "R": "ℜ", "Z": "ℨ"]
        default: [:]
        }
    }
}
