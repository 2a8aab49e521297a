import Charting
import Foundation
import Testing

/// A mark of a user's own: a disc on a stem from zero. This target is compiled as a user's would be, without access to
/// what only the package may see.
struct LollipopMark: Mark {
    static let kind = MarkKind(LollipopMark.self)
    static var form: MarkForm { .scattered }

    var channels: MarkChannels

    init(x: PlottableValue, y: PlottableValue) {
        channels = MarkChannels(x: x, y: y)
    }

    static func stance(of mark: MarkChannels) -> Stance { .upright(fromZero: true) }

    static func arranged(_ marks: [MarkChannels]) -> [MarkChannels] {
        marks.map { mark in
            var mark = mark
            mark.yReach = (mark.y?.datum.number).map { Reach(start: 0, end: $0) }
            return mark
        }
    }

    static func render(_ marks: [MarkChannels], in plot: PlotArea) -> [SVGElement] {
        marks.flatMap { mark -> [SVGElement] in
            guard let tip = plot.visiblePoint(mark), let foot = plot.y.position(.double(0)) else { return [] }
            var stem = SVGPath()
            stem.move(to: Point(x: tip.x, y: foot))
            stem.line(to: tip)
            let (color, width) = (plot.color(mark), SVGNumber.text(mark.style.line?.width ?? 1.5))
            let disc = [("cx", SVGNumber.text(tip.x)), ("cy", SVGNumber.text(tip.y)), ("r", "4")]
            return [
                SVGElement("path", [("d", stem.text), ("stroke", color), ("stroke-width", width)]),
                SVGElement("circle", disc + [("fill", color)]),
            ]
        }
    }
}

@Suite("A mark of one's own") struct LollipopMarkTests {
    @Test("finds its axes, legend, texts and description, and is drawn") func draws() throws {
        let drawing = Chart("Names by first letter") {
            for (index, letter) in ["a", "b", "c", "d"].enumerated() {
                for (set, count) in [("Training", 9 - index), ("Test", index - 1)] {
                    LollipopMark(x: .value("Letter", letter), y: .value("Names", count))
                        .foregroundStyle(by: .value("Set", set))
                        .lineStyle(LineStyle(width: 2))
                        .annotation("\(count)")
                }
            }
            RuleMark(y: .value("Mean", 4))
        }.rendered()
        #expect(
            drawing.summary == """
                Names by letter, 2 series. Training: 4 points, from 6 (d) to 9 (a). Test: 4 points, from −1 (a) to 2 (d). \
                Mean at 4.
                """
        )
        let golden = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "lollipops.svg")
        #expect(try drawing.svg == String(contentsOf: golden, encoding: .utf8))
    }
}
