import Foundation
import OutputHTML
import Records
import Testing

@Suite("A drawing for a page") struct CheckedDrawingTests {
    /// What a drawing holds that it may not; `nil` for one that is taken as it is.
    private func offense(_ svg: String) -> String? {
        switch CheckedDrawing.check(svg) {
        case .success(let drawing):
            #expect(drawing.svg == svg)
            return nil
        case .failure(let offense): return offense.name
        }
    }

    @Test(
        "is taken as it is",
        arguments: [
            "<svg viewBox=\"0 0 1 1\"><title>a &lt; b > c</title><path d='M0 0'/></svg>",
            "<svg><defs><clipPath id=\"c\"><rect width=\"1\"/></clipPath></defs><g clip-path=\"url(#c)\"/></svg>",
            "<svg aria-label=\"a &amp; b\">\n</svg>\n",
            "<svg><use href=\"#mark\"/><text fill=\"var(--series-1, #2563a8)\">x > \"y\"</text></svg>",
            "<svg><title>&lt;script&gt;alert(1)&lt;/script&gt;</title><desc>onload=\"x\" javascript:x</desc></svg>",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"><g\tid='a'\n/></svg>",
            "<svg><text style=\"paint-order: stroke; --hue: 3;\" transform=\"rotate(45) scale(2)\">é</text></svg>",
            "<svg><linearGradient id='g'><stop offset=\"0\" stop-color=\"rgb(1, 2, 3)\"/></linearGradient></svg>",
        ]
    )
    func drawings(svg: String) {
        #expect(offense(svg) == nil)
    }

    /// Drawings that are more than that, each in its own way.
    static let examples: [String] = {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "Fixtures/hostile-drawings.json")
        let groups = try? JSONDecoder().decode([String: [String]].self, from: Data(contentsOf: file))
        return (groups ?? [:]).sorted { $0.key < $1.key }.flatMap(\.value)
    }()

    @Test("has many ways to be more") func examplesAreRead() {
        #expect(Self.examples.count == 111)
    }

    @Test("is nothing but a drawing", arguments: CheckedDrawingTests.examples)
    func hostile(svg: String) {
        #expect(offense(svg) != nil)
    }

    @Test("that is more is never an output", arguments: CheckedDrawingTests.examples)
    func output(svg: String) {
        let outputs = OutputRenderer.render([.figure(Figure(svg: svg, title: "T", summary: "S"))])
        #expect(outputs.offenses.count == 1)
        #expect(outputs.html.string.contains("<samp>This figure holds "))
        #expect(!outputs.html.string.contains("<svg"))
    }
}
