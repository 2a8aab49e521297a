import Golden
import Lessons
import OutputHTML
import Pages
import Records
import Serialization
import Testing

/// The controls of live cells, and what they load.
@Suite struct LiveFormTests {
    private func files(of lesson: FinishedLesson, in language: String = "en") -> [String: String] {
        var settings = Sample.settings
        settings.language = language
        let files = Sample.site(lesson, settings: settings).files
        return Dictionary(
            uniqueKeysWithValues: files.map { ($0.path, String(decoding: $0.contents, as: UTF8.self)) }
        )
    }

    /// The forms of a page's cells, by the cells' names.
    private func forms(_ page: String) -> [String: String] {
        let found = page.matches(
            of: /(?s)<div class="cell" id="([^"]+)">(?:(?!<div class="cell").)*?(<form.*?<\/form>\n)/
        )
        return Dictionary(uniqueKeysWithValues: found.map { (String($0.output.1), String($0.output.2)) })
    }

    private func page(of lesson: FinishedLesson, in language: String = "en") throws -> String {
        try #require(files(of: lesson, in: language)["05-live.html"])
    }

    @Test func pageIsAsRecorded() throws {
        try expectGolden("live.html", page(of: LiveSample.lesson()))
    }

    @Test func everyStateIsRendered() throws {
        let states = Sample.site(try LiveSample.lesson(), settings: Sample.settings).states
        #expect(states.map(\.path) == ["live/05-live-built.js", "live/05-live-motion.js"])
        #expect(states.map(\.name) == ["05-live-built", "05-live-motion"])
        let list = try #require(JSON(parsing: states[0].list.utf8).strings)
        #expect(list.count == 6)
        #expect(list.allSatisfy { $0.hasPrefix("<div class=\"output\">") && !$0.contains("<figcaption") })
    }

    @Test func aCellThatNothingAnswersIsAsItWas() throws {
        var still = try LiveSample.lesson()
        for index in still.record.cells.indices { still.record.cells[index].live = nil }
        let live = still.live
        still.live = nil
        let page = try page(of: still)
        #expect(!page.contains("<form") && !page.contains("live.js"))
        #expect(files(of: still).keys.allSatisfy { !$0.hasPrefix("live") })
        // So are one without a module, and one that the module does not have.
        var other = still
        for index in other.record.cells.indices {
            other.record.cells[index].live = LiveRecord(controls: LiveSample.controls)
        }
        #expect(try self.page(of: other) == page)
        other.live = LiveModule(key: live?.key ?? "", cells: ["elsewhere"])
        #expect(try self.page(of: other) == page)
    }

    @Test func aCellThatAnimatesHasItsPlayerFromTheFirst() throws {
        let hidden = try forms(page(of: LiveSample.lesson()))["learn"]
        #expect(hidden?.contains("frames player\" hidden>") == true)
        let lesson = try LiveSample.lesson(learning: "animate(over: 0..<3) { print($0) }")
        let shown = try forms(page(of: lesson))["learn"]
        #expect(shown?.contains("frames player\">") == true)
    }

    @Test func allLiveCellsShareAStyleAndAScript() throws {
        let page = try page(of: LiveSample.lesson())
        #expect(page.matches(of: /<link rel="stylesheet" href="live.css">/).count == 1)
        #expect(page.matches(of: /<script src="live.js" defer/).count == 1)
    }

    @Test func hostileWordsStayWords() throws {
        let evil = "\"><script>x()</script>\n&"
        var lesson = try LiveSample.lesson()
        let kinds: [Control.Kind] = [.slider, .picker, .toggle, .text, .selection, .frames]
        let controls = kinds.map { kind in
            Control(kind, evil, positions: [evil, evil], length: 3, alphabet: evil, figure: evil)
        }
        for index in lesson.record.cells.indices { lesson.record.cells[index].live?.controls = controls }
        let page = try page(of: lesson)
        #expect(!page.contains("<script>x"))
        #expect(forms(page).count == 4)
    }

    @Test(arguments: [
        (["0", "1", "2"], "min=\"0\" max=\"2\" step=\"1\" value=\"1\">"),
        (["-4", "-2", "0"], "min=\"-4\" max=\"0\" step=\"2\" value=\"-2\">"),
        (
            ["1", "2", "4"],
            "min=\"0\" max=\"2\" step=\"1\" value=\"1\" aria-valuetext=\"2\" data-texts=\"1\n2\n4\">"
        ),
        (
            ["0.1", "1", "10"],
            "min=\"0\" max=\"2\" step=\"1\" value=\"1\" aria-valuetext=\"1\" data-texts=\"0.1\n1\n10\">"
        ),
        (
            ["01", "02", "03"],
            "min=\"0\" max=\"2\" step=\"1\" value=\"1\" aria-valuetext=\"02\" data-texts=\"01\n02\n03\">"
        ),
    ])
    func wholeNumbersAtEqualDistancesNeedNoTexts(positions: [String], attributes: String) throws {
        var lesson = try LiveSample.lesson()
        let index = try #require(lesson.record.cells.firstIndex { $0.name == "learn" })
        lesson.record.cells[index].live?.controls = [
            Control(.slider, "n", positions: positions, initial: 1)
        ]
        let form = try #require(forms(page(of: lesson))["learn"])
        #expect(form.contains("<input type=\"range\" " + attributes))
    }

    @Test(arguments: [("zh", "运行", ""), ("de", "Run", " lang=\"en\"")])
    func speaksThePagesLanguage(language: String, run: String, attribute: String) throws {
        let form = try #require(forms(page(of: LiveSample.lesson(), in: language))["learn"])
        #expect(form.contains("<div class=\"acts\"\(attribute)><button type=\"submit\">\(run)</button>"))
    }

    @Test func everySentenceHasARoomForWhatIsFilledIn() throws {
        for language in ["en", "zh"] {
            let page = try page(of: LiveSample.lesson(), in: language)
            for name in ["same", "lacks", "missing", "damaged", "stopped", "endless", "letters"] {
                #expect(
                    page.contains(try Regex(" data-\(name)=\"[^\"]*\\{\\}[^\"]*\"")),
                    "\(language) \(name)"
                )
            }
        }
    }

    /// The page admits of what a program answers what the build may write, and the build writes nothing else.
    @Test func whatTheBuildWritesIsWhatThePageAdmits() throws {
        let script = try #require(files(of: LiveSample.lesson())["live.js"])
        func list(after name: String) throws -> Set<String> {
            let found = try #require(script.firstMatch(of: try Regex("\(name)\"([^\"]*)\"\\.split")))
            return Set(try #require(found.output[1].substring).split(separator: " ").map(String.init))
        }
        let html = try list(after: "xhtml: ")
        #expect(try list(after: "\"0/svg\": ") == CheckedDrawing.elements)
        #expect(try list(after: "looks = new Set\\(") == CheckedDrawing.looks)
        let attributes = try list(after: "allowed = new Set\\(")
        let table = Table(columns: ["a", ""], rows: [["1", "b"]], caption: "Some.")
        var frame = OutputFrame()
        frame.attributes = " lang=\"en\""
        let figure = Figure(svg: "<svg></svg>", title: "T", summary: "S", data: table)
        let long = Output.text(String(repeating: "long ", count: 20))
        let shown = OutputRenderer.render([.table(table), .figure(figure), long, .value("1")], in: frame)
        for tag in shown.html.string.matches(of: /<([a-z]+)([^>]*)>/) where tag.output.1 != "svg" {
            #expect(html.contains(String(tag.output.1)), "<\(tag.output.1)>")
            for attribute in tag.output.2.matches(of: #/ ([a-z-]+)="/#) {
                let name = String(attribute.output.1)
                #expect(attributes.contains(name) || name.hasPrefix("aria-"), "\(name)")
            }
        }
    }

    @Test func filesKeepToTheirBudgets() throws {
        let files = try files(of: LiveSample.lesson())
        #expect(try #require(files["live.css"]).utf8.count <= 5_000)
        let script = try #require(files["live.js"])
        #expect(script.utf8.count <= 23_000)
        #expect(!script.contains("\n//") && !script.contains("eval("))
    }

    @Test(arguments: [
        ("map", 3, []),
        ("mapp", 3, ["error: there is no cell 'mapp' to choose from; did you mean 'map'?"]),
        ("learn", 3, ["error: cell 'learn' shows no figure to choose from; name a cell that shows a chart"]),
        (
            "map", 2,
            [
                "warning: the figure of cell 'map' has 3 points or cells to choose from, and 'run' has 2 options: "
                    + "readers can use the menu alone; give an option for each, in their order"
            ]
        ),
    ]) func aSelectionNamesAFigureWithItsOptions(figure: String, count: Int, expected: [String]) throws {
        var lesson = try LiveSample.lesson()
        let index = try #require(lesson.record.cells.firstIndex { $0.name == "learn" })
        let options = (0..<count).map { "run \($0)" }
        let control = Control(.selection, "run", positions: options, initial: 0, figure: figure)
        lesson.record.cells[index].live = LiveRecord(controls: [control])
        let found = Sample.site(lesson, settings: Sample.settings).diagnostics.map {
            "\($0.severity.rawValue): \($0.message); \($0.hint ?? "")"
        }
        #expect(found == expected)
    }
}
