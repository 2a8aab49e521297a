import Serialization
import Testing

@Suite("JSON") struct JSONTests {
    static let values: [(JSON, String)] = [
        (.null, "null"), (.bool(true), "true"), (.integer(-3), "-3"), (.number(0.1), "0.1"),
        (.number(1e-07), "1e-07"), (.string("a\"\\\n\u{1}é漢😀"), #""a\"\\\n\u0001é漢😀""#),
        ([], "[]"), ([.integer(1), "b"], #"[1,"b"]"#),
        (["z": .null, "a": ["b": []]], #"{"z":null,"a":{"b":[]}}"#),
    ]

    @Test("is written on one line and read back", arguments: values)
    func compact(value: JSON, text: String) throws {
        #expect(value.compact == text)
        #expect(try JSON(parsing: text) == value)
        #expect(try JSON(parsing: value.lines) == value)
    }

    @Test("is written one scalar a line")
    func lines() {
        let value: JSON = ["name": "train", "rows": [.array([.integer(1), .null]), .array([])]]
        #expect(
            value.lines == """
                {
                  "name": "train",
                  "rows": [
                    [
                      1,
                      null
                    ],
                    []
                  ]
                }

                """
        )
    }

    @Test(
        "a Double reads back as the same bits",
        arguments: [0.1 + 0.2, 1.7976931348623157e308, -0.0, 3.0]
    )
    func doubles(value: Double) throws {
        guard case .number(let read) = try JSON(parsing: JSON.number(value).compact) else {
            Issue.record("no number")
            return
        }
        #expect(read.bitPattern == value.bitPattern)
    }

    @Test(
        "what is no JSON says where and what was expected",
        arguments: [
            ("", "a value at byte 0"), ("[1", "`,` or `]` at byte 2"), ("{\"a\" 1}", "`:` at byte 5"),
            ("\"abc", "`\"` at byte 4"), ("tru", "a value at byte 0"), ("1 2", "the end at byte 2"),
            ("\"\\ud800\"", "the second half of a surrogate pair at byte 7"), ("+1", "a value at byte 0"),
            ("\"\\u12\"", "four hexadecimal digits at byte 3"), ("[1,]", "a value at byte 3"),
            ("1e999", "a value at byte 0"),
        ]
    )
    func refused(text: String, expected: String) {
        let error = #expect(throws: JSON.ParseError.self) { try JSON(parsing: text) }
        #expect(error?.description == "expected \(expected)")
    }

    @Test("nesting is bounded, so that a hostile file cannot overflow the stack")
    func nesting() {
        let text = String(repeating: "[", count: 100_000)
        let error = #expect(throws: JSON.ParseError.self) { try JSON(parsing: text) }
        #expect(error?.description == "expected at most 64 levels at byte 65")
    }

    @Test("surrogate pairs are one character")
    func surrogates() throws {
        #expect(try JSON(parsing: #""\ud83d\ude00""#) == .string("😀"))
    }
}
