internal import Execution
internal import Records
internal import Testing

/// What is recorded of prints that steer a terminal.
@Suite struct TerminalTexts {
    @Test(
        arguments: [
            ("plain\ttext\n", "plain\ttext\n"),
            ("\r25 %\r50 %\r100 %\n", "100 %\n"),
            ("a longer line\rshort\n", "shortger line\n"),
            ("epoch 1\r\u{1B}[Kdone\n", "done\n"),
            ("epoch 1\u{1B}[2K\rdone\n", "done\n"),
            ("Windows\r\nlines\r\n", "Windows\nlines\n"),
            ("训练 10%\r训练 95%\n", "训练 95%\n"),
            ("\u{1B}[1;31mred\u{1B}[0m and \u{9B}4mlined\u{9B}m\n", "red and lined\n"),
            ("\u{1B}[38;2;1;2;3mtrue color\u{1B}[m\n", "true color\n"),
            ("\u{1B}]8;;https://example.org\u{1B}\\link\u{1B}]8;;\u{7}\n", "link\n"),
            ("\u{1B}]0;title\u{7}text\u{1B}(B\u{1B}7\n", "text\n"),
            ("12\u{8}\u{8}34\n", "34\n"),
            ("abc\u{1B}[2D-\u{1B}[5C!\n", "a-c    !\n"),
            ("abc\u{1B}[2G-\n", "a-c\n"),
            ("x\u{1B}[2A\u{1B}[?25ly\n", "xy\n"),
            ("\u{0}\u{7}\u{B}\u{C}\u{1F}\u{7F}\n", "␀␇␋␌␟␡\n"),
            ("\u{85}\u{9F}\u{FFFE}\n", "\u{FFFD}\u{FFFD}\u{FFFD}\n"),
            ("cut off \u{1B}", "cut off ␛"),
            ("cut off \u{1B}[12", "cut off ␛[12"),
            ("cut off \u{1B}]8;;x", "cut off ␛]8;;x"),
            ("\u{1B}[99999999999999999999Cfar\r\u{1B}[99999999999999999999Dnear", nil),
            ("\r", ""), ("", ""), ("\r\r\n", "\n"),
        ] as [(String, String?)]
    )
    func shown(_ printed: String, _ expected: String?) {
        var builder = RecordBuilder(cells: ["a"])
        builder.append(.printed(Array(printed.utf8)))
        builder.flush()
        guard case .text(let text)? = builder.cells[0].outputs.first else {
            #expect(printed.isEmpty)
            return
        }
        if let expected {
            #expect(text == expected)
        } else {
            #expect(text.utf8.count < 5000)
        }
    }

    @Test func everyTextOfAnOutput() {
        let raw = "a\u{1B}[31mb\u{0}"
        let table = Table(columns: [raw], rows: [[raw]], caption: raw)
        let figure = Figure(svg: "<svg></svg>", title: raw, summary: raw, data: table, caption: raw)
        var builder = RecordBuilder(cells: ["a"])
        for output in [Output.value(raw), .table(table), .figure(figure)] {
            builder.append(.event(.output(output)))
        }
        let clean = Table(columns: ["ab␀"], rows: [["ab␀"]], caption: "ab␀")
        let drawn = Figure(svg: "<svg></svg>", title: "ab␀", summary: "ab␀", data: clean, caption: "ab␀")
        #expect(builder.cells[0].outputs == [.value("ab␀"), .table(clean), .figure(drawn)])
    }
}
