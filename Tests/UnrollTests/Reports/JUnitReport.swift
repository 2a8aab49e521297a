internal import Foundation
internal import Testing
internal import Turns

#if canImport(FoundationXML)
    internal import FoundationXML
#endif

@Suite("unroll check --junit", .inTurns) struct JUnitReportTests {
    private static let lesson = """
        ---
        title: Written
        data: [n.txt]
        ---

        ```swift model name=load hidden
        import Foundation
        let lines = try String(contentsOfFile: "n.txt", encoding: .utf8).split(separator: "\\n").map(String.init)
        ```

        ```swift model name=loss
        print("loss", lines[0])
        ```

        ```swift model name=words
        lines[1]
        ```

        ```swift model name=noise volatile
        print(lines[2])
        ```

        Now `{swift} lines[2]`.

        """

    @Test("has a case for each cell, and holds to JUnit's schema whatever lessons show") func report()
        async throws
    {
        try await withTool { tool in
            try tool.write(JUnitReportTests.lesson, to: "lessons/01-n.md")
            try tool.write("---\ntitle: O\n---\n\n```swift model\n1\n```\n", to: "lessons/02-o.md")
            try tool.write("0.5\nplain\n7\n", to: "lessons/n.txt")
            #expect(try await tool("build").status == 0)
            #expect(try await tool("check", "--junit", "same.xml").status == 0)
            let same = try JUnitDocument(#require(tool.read("same.xml")))
            #expect(same.faults == [])
            #expect(
                same.cases == [
                    "01-n#load", "01-n#loss", "01-n#words", "01-n#noise skipped", "01-n#expression 1",
                    "02-o#cell-1",
                    "site#all files",
                ]
            )

            try tool.write("0.75\n<script>]]>&\"'\u{1}\u{FFFE}\n8\n", to: "lessons/n.txt")
            #expect(try await tool("check", "--junit", "check.xml").status == 1)
            let text = try #require(tool.read("check.xml"))
            let document = try JUnitDocument(text)
            #expect(document.faults == [], "\(text)")
            #expect(
                document.cases == [
                    "01-n#load", "01-n#loss failure", "01-n#words failure", "01-n#noise skipped",
                    "01-n#expression 1 failure", "02-o#cell-1", "site#all files",
                ]
            )
            #expect(
                text.contains(
                    "<testcase name=\"loss\" classname=\"01-n\" file=\"lessons/01-n.md\" line=\"11\">"
                )
            )
            #expect(text.contains("message=\"loss 0.5 → 0.75 (+0.5 relative; exact wanted)\""))
            #expect(text.contains("plain → &lt;script&gt;]]&gt;&amp;&quot;'␁�"))
            #expect(try await tool("check", "--junit", "again.xml").status == 1)
            #expect(tool.read("again.xml") == text, "nothing depends on the time")
        }
    }

    @Test("tells of a lesson that stops, of files, and of nothing that could be compared") func errors()
        async throws
    {
        try await withTool { tool in
            let lesson =
                "---\ntitle: A\n---\n\n```swift model name=a\n1\n```\n\n```swift model name=b\n2\n```\n"
            try tool.write(lesson, to: "lessons/01-a.md")
            #expect(try await tool("build").status == 0)
            try tool.write(lesson.replacing("\n2\n", with: "\n[2][1]\n"), to: "lessons/01-a.md")
            try tool.remove("site/index.html")
            #expect(try await tool("check", "--junit", "check.xml").status == 1)
            let document = try JUnitDocument(#require(tool.read("check.xml")))
            #expect(document.faults == [])
            #expect(
                document.cases == [
                    "01-a#a skipped", "01-a#b skipped", "site#site/index.html failure",
                    "errors#lessons/01-a.md:10:4 error",
                ],
                "\(document.cases)"
            )
            try tool.remove("site")
            #expect(try await tool("check", "--junit", "check.xml").status == 2)
            let none = try JUnitDocument(#require(tool.read("check.xml")))
            #expect(none.faults == [] && none.cases == ["errors#site error"], "\(none.cases)")
        }
    }
}

/// A document of JUnit's XML as its consumers read it, and what in it is against the schema that they agree on.
private final class JUnitDocument: NSObject, XMLParserDelegate {
    /// What is against the schema.
    private(set) var faults: [String] = []
    /// The test cases in their order: `class#name`, and what came of each unless it passed.
    private(set) var cases: [String] = []

    /// What an element must have, may have, and may hold.
    private struct Rule {
        var required: Set<String> = []
        var optional: Set<String> = []
        var children: Set<String> = []
        var holdsText = false
    }

    private static let counts: Set = ["tests", "failures", "errors", "skipped"]

    private static let schema: [String: Rule] = [
        "testsuites": Rule(required: counts.union(["name"]), optional: ["time"], children: ["testsuite"]),
        "testsuite": Rule(
            required: counts.union(["name"]),
            optional: ["time", "timestamp", "hostname", "file"],
            children: ["testcase", "properties", "system-out", "system-err"]
        ),
        "testcase": Rule(
            required: ["name", "classname"],
            optional: ["time", "file", "line"],
            children: ["failure", "error", "skipped", "system-out", "system-err"]
        ),
        "failure": Rule(required: ["message"], optional: ["type"], holdsText: true),
        "error": Rule(required: ["message"], optional: ["type"], holdsText: true),
        "skipped": Rule(optional: ["message"], holdsText: true),
    ]

    private var open: [String] = []
    private var promised: [[String: Int]] = []
    private var counted: [[String: Int]] = []

    init(_ text: String) throws {
        super.init()
        let parser = XMLParser(data: Data(text.utf8))
        parser.delegate = self
        if !parser.parse() { faults.append("not well-formed at line \(parser.lineNumber)") }
    }

    func parser(
        _ parser: XMLParser,
        didStartElement name: String,
        namespaceURI: String?,
        qualifiedName: String?,
        attributes: [String: String]
    ) {
        defer { open.append(name) }
        guard let rule = Self.schema[name] else { return faults.append("there is no <\(name)>") }
        let isInPlace =
            open.last.map { Self.schema[$0]?.children.contains(name) == true } ?? (name == "testsuites")
        if !isInPlace { faults.append("<\(name)> in <\(open.last ?? "")>") }
        let given = Set(attributes.keys)
        if !given.isSuperset(of: rule.required) {
            faults.append("<\(name)> lacks \(rule.required.subtracting(given))")
        }
        let foreign = given.subtracting(rule.required).subtracting(rule.optional)
        if !foreign.isEmpty { faults.append("<\(name)> has \(foreign)") }
        switch name {
        case "testsuites", "testsuite":
            promised.append(Self.counts.reduce(into: [:]) { $0[$1] = Int(attributes[$1] ?? "") })
            counted.append(Self.counts.reduce(into: [:]) { $0[$1] = 0 })
        case "testcase":
            for index in counted.indices { counted[index]["tests"]? += 1 }
            cases.append("\(attributes["classname"] ?? "")#\(attributes["name"] ?? "")")
        default:
            let count = ["failure": "failures", "error": "errors"][name] ?? name
            for index in counted.indices { counted[index][count]? += 1 }
            cases[cases.count - 1] += " \(name)"
        }
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) {
        let isText = text.contains { !$0.isWhitespace }
        if isText, Self.schema[open.last ?? ""]?.holdsText != true {
            faults.append("text in <\(open.last ?? "")>")
        }
    }

    func parser(
        _ parser: XMLParser,
        didEndElement name: String,
        namespaceURI: String?,
        qualifiedName: String?
    ) {
        open.removeLast()
        guard name.hasPrefix("testsuite"), let wanted = promised.popLast(), let found = counted.popLast()
        else { return }
        if wanted != found { faults.append("<\(name)> counts \(wanted) of \(found)") }
    }
}
