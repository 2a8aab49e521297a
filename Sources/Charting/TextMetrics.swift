/// The widths of texts, without a font at hand.
///
/// No font is known when a chart is drawn, so this is a table of widths of a wide sans serif (that of DejaVu Sans,
/// rounded up), with wholesale widths for scripts beyond ASCII. A text is narrower in most fonts, and then has
/// some air.
package enum TextMetrics {
    /// The width of `text` in units of the font's size.
    package static func width(_ text: String, bold: Bool = false) -> Double {
        var hundredths = 0
        var plain = true
        for byte in text.utf8 {
            if byte >= 0x80 {
                plain = false
                break
            }
            hundredths += byte >= 32 && byte < 127 ? widths[Int(byte) - 32] : 0
        }
        if !plain { hundredths = text.reduce(0) { $0 + width(of: $1) } }
        return Double(hundredths) / 100 * (bold ? 1.12 : 1)
    }

    private static func width(of character: Character) -> Int {
        let scalars = character.unicodeScalars
        if scalars.count > 1 && scalars.contains(where: isPicture) { return 140 }
        return scalars.reduce(0) { $0 + width(of: $1) }
    }

    private static func width(of scalar: Unicode.Scalar) -> Int {
        switch scalar.value {
        case 32..<127: widths[Int(scalar.value) - 32]
        case 0..<0xA0: 0
        case 0x231A...0x2B55 where pictures.unicodeScalars.contains(scalar): 140
        case 0x2018...0x201B: 32
        case 0x200B...0x200F, 0x2028...0x202F, 0x2060...0x206F, 0xFE00...0xFE0F: 0
        case 0xA0...0x24F: isCapital(scalar) ? 80 : 64
        case 0x370...0x52F: isCapital(scalar) ? 92 : 72
        case 0x2070...0x209F: 45
        case 0x2026, 0x2014: 100
        case _ where isMark(scalar): 0
        case 0x590...0x7FF: 75
        case 0x2000...0x2BFF: 84
        case 0x1100...0x11FF, 0x2E80...0xA4CF, 0xAC00...0xD7FF, 0xF900...0xFAFF, 0xFE30...0xFE4F,
            0xFF00...0xFFE6:
            100
        case 0x10000...: 140
        default: 90
        }
    }

    // What Unicode says of scalars stands in tables of 20 kB and more of each program for the browser, which Swift's
    // properties ask. Their combining classes are there already, for texts that are compared.

    /// Whether a scalar takes no room of its own: a mark with a class, a vowel sign of India (each script has them at
    /// the same places), Thailand or Laos, or a character that is not seen.
    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.properties.canonicalCombiningClass != .notReordered { return true }
        return switch scalar.value {
        case 0x900..<0xE00:
            switch scalar.value & 0x7F {
            case 0x00...0x02, 0x3C, 0x41...0x48, 0x4D, 0x62, 0x63: true
            default: false
            }
        case 0xE31, 0xE34...0xE3A, 0xE47...0xE4E, 0xEB1, 0xEB4...0xEBC, 0xEC8...0xECE: true
        case 0x115F, 0x1160, 0x180B...0x180F, 0x3164, 0xFEFF, 0xFFA0, 0xFFF0...0xFFF8, 0xE0000...0xE0FFF: true
        default: false
        }
    }

    /// Whether a character with this scalar and others is drawn as one picture.
    private static func isPicture(_ scalar: Unicode.Scalar) -> Bool {
        (0x1F000...0x1FFFF).contains(scalar.value) || scalar == "\u{FE0F}"
            || pictures.unicodeScalars.contains(scalar)
    }

    /// The scalars below U+10000 that are drawn as pictures without being asked to.
    private static let pictures =
        "⌚⌛⏩⏪⏫⏬⏰⏳◽◾☔☕♈♉♊♋♌♍♎♏♐♑♒♓♿⚓⚡⚪⚫⚽⚾⛄⛅⛎⛔⛪⛲⛳⛵⛺⛽✅✊✋✨❌❎❓❔❕❗➕➖➗➰➿⬛⬜⭐⭕"

    /// Whether a scalar is a capital of Latin, up to U+024F, of Greek or Cyrillic.
    static func isCapital(_ scalar: Unicode.Scalar) -> Bool {
        let index: UInt32 =
            switch scalar.value {
            case 0x40...0x24F: scalar.value - 0x40
            case 0x370...0x52F: scalar.value - 0x370 + 576
            default: 0
            }
        return capitals[Int(index / 64)] >> UInt64(index % 64) & 1 == 1
    }

    /// The capitals of U+0040…U+027F and of U+0370…U+052F, a bit for each scalar.
    private static let capitals: [UInt64] = [
        0x0000_0000_07FF_FFFE, 0x0000_0000_0000_0000, 0x0000_0000_7F7F_FFFF, 0xAA55_5555_5555_5555,
        0x2B55_5555_5555_54AA, 0x11AE_D2D5_B1DB_CED6, 0x55D2_5555_4AAA_A490, 0x6C05_5555_5555_5555,
        0x0000_0000_0000_557A, 0x0FFB_FFFE_D740_8045, 0x5555_551C_8000_0000, 0xFFFF_FFFF_FFFF_E690,
        0x5555_0000_0000_0000, 0x5555_5555_5401_5555, 0x5555_5555_2AAB_5555, 0x5555_5555_5555_5555,
    ]

    /// Widths of U+0020…U+007E in hundredths of the font's size.
    private static let widths = [
        32, 41, 46, 84, 64, 96, 78, 28, 40, 40, 50, 84, 32, 37, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64, 64,
        64, 34, 34,
        84, 84, 84, 54, 100, 69, 69, 70, 77, 64, 58, 78, 76, 30, 30, 66, 56, 87, 75, 79, 61, 79, 70, 64, 62,
        74, 69,
        99, 69, 62, 69, 40, 34, 40, 84, 50, 50, 62, 64, 55, 64, 62, 36, 64, 64, 28, 28, 58, 28, 98, 64, 62,
        64, 64, 42,
        53, 40, 64, 60, 82, 60, 60, 53, 64, 34, 64, 84,
    ]
}

/// Ways to make a text fit a width, given in units of the font's size.
package enum TextFitting {
    /// The text, or as much of its start as fits with an ellipsis behind.
    package static func truncated(_ text: String, to width: Double, bold: Bool = false) -> String {
        guard TextMetrics.width(text, bold: bold) > width else { return text }
        var kept = ""
        var used = TextMetrics.width("…", bold: bold)
        for character in text {
            used += TextMetrics.width(String(character), bold: bold)
            if used > width { break }
            kept.append(character)
        }
        while kept.last == " " { kept.removeLast() }
        return kept + "…"
    }

    /// The text in lines no wider than `width`, at most `limit` of them; the last ends in an ellipsis if there was more.
    package static func wrapped(_ text: String, to width: Double, limit: Int, bold: Bool = false) -> [String]
    {
        if !text.isEmpty, !text.utf8.contains(where: { $0 <= 32 && $0 != 32 }), text.first != " ",
            text.last != " ",
            TextMetrics.width(text, bold: bold) <= width
        {
            return [text]
        }
        var lines: [String] = []
        var line = ""
        for word in pieces(of: text) {
            if TextMetrics.width(line + trimmed(word), bold: bold) <= width || line.isEmpty {
                line += word
            } else {
                lines.append(trimmed(line))
                line = word
            }
        }
        if !trimmed(line).isEmpty { lines.append(trimmed(line)) }
        if lines.count > limit {
            let rest = Array(lines[(limit - 1)...]).joined(separator: " ")
            lines = lines.prefix(limit - 1) + [rest]
        }
        return lines.map { truncated($0, to: width, bold: bold) }
    }

    /// The pieces between which a line may break: after a space, and around each wide character.
    private static func pieces(of text: String) -> [String] {
        var pieces: [String] = []
        var piece = ""
        for character in text {
            let wide = character.unicodeScalars.first!.value >= 0x2E80
            if wide && !piece.isEmpty {
                pieces.append(piece)
                piece = ""
            }
            piece.append(character.isNewline ? " " : character)
            if wide || character.isBlank {
                pieces.append(piece)
                piece = ""
            }
        }
        return piece.isEmpty ? pieces : pieces + [piece]
    }

    private static func trimmed(_ text: String) -> String {
        var text = text[...]
        while text.last == " " { text.removeLast() }
        while text.first == " " { text.removeFirst() }
        return String(text)
    }
}

extension Character {
    /// Whether the character is white space, without Unicode's tables.
    package var isBlank: Bool {
        switch unicodeScalars.first?.value ?? 0 {
        case 0x09...0x0D, 0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000:
            true
        default: false
        }
    }
}
