import Charting
import Testing

@Suite struct TextMetricsTests {
    @Test func `Wide scripts are wider than Latin, and marks have no width`() {
        #expect(TextMetrics.width("") == 0)
        #expect(TextMetrics.width("循环") == 2)
        #expect(TextMetrics.width("e\u{301}") == TextMetrics.width("e"))
        #expect(TextMetrics.width("👩‍👩‍👧") == 1.4)
        #expect(TextMetrics.width("m", bold: true) > TextMetrics.width("m"))
    }

    @Test func `What is known of scalars is what Unicode says`() throws {
        for value in [0xA0...0x24F, 0x370...0x52F].joined() {
            let scalar = try #require(Unicode.Scalar(UInt32(value)))
            let small = value < 0x370 ? 0.64 : 0.72, capital = value < 0x370 ? 0.8 : 0.92
            let width = scalar.properties.isUppercase ? capital : small
            #expect(TextMetrics.width(String(Character(scalar))) == width, "\(scalar)")
        }
        for scalar in (0x2000...0xFFFF).compactMap({ Unicode.Scalar(UInt32($0)) })
        where scalar.properties.isEmojiPresentation {
            #expect(TextMetrics.width(String(Character(scalar))) == 1.4, "\(scalar)")
        }
        for value in 0...0xFFFF {
            guard let character = Unicode.Scalar(UInt32(value)).map(Character.init) else { continue }
            #expect(character.isBlank == character.isWhitespace, "\(value)")
        }
    }

    @Test(arguments: ["क", "ক", "ก", "ລ", "ب", "ש"])
    func `Vowel signs above and below a letter have no width`(letter: String) {
        let signs = ["क": "ु", "ক": "ু", "ก": "ี", "ລ": "ິ", "ب": "َ", "ש": "ָ"]
        #expect(TextMetrics.width(letter + (signs[letter] ?? "")) == TextMetrics.width(letter))
    }

    @Test func `A text that is too long ends in an ellipsis and fits`() {
        let long = String(repeating: "recurrent ", count: 30)
        let short = TextFitting.truncated(long, to: 20)
        #expect(short.last == "…")
        #expect(TextMetrics.width(short) <= 20)
        #expect(TextFitting.truncated("GRU", to: 20) == "GRU")
    }

    @Test func `Lines break at spaces and between wide characters`() {
        #expect(TextFitting.wrapped("one two three", to: 5, limit: 3) == ["one two", "three"])
        #expect(TextFitting.wrapped("循环神经网络", to: 4, limit: 3) == ["循环神经", "网络"])
        #expect(TextFitting.wrapped("", to: 4, limit: 3) == [])
        let lines = TextFitting.wrapped(String(repeating: "word ", count: 90), to: 12, limit: 2)
        #expect(lines.count == 2)
        #expect(lines.allSatisfy { TextMetrics.width($0) <= 12 })
        #expect(lines[1].last == "…")
    }
}
