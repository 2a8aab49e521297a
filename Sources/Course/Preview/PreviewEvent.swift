internal import Lessons
internal import Serialization

/// A message of a preview to the pages that are open, as a server-sent event.
struct PreviewEvent: Sendable {
    /// The event as it is sent.
    let bytes: [UInt8]

    /// To be sent first: how soon a page that lost the server asks again, in milliseconds.
    static let greeting = PreviewEvent(text: "retry: 500\n\n")

    /// The page is not what the site has now, and should be loaded again.
    static let reload = PreviewEvent("reload", [:])

    /// The phase of the build, and the cells that run.
    static func state(_ phase: Preview.Phase, running: [(slug: String, cell: String)]) -> PreviewEvent {
        let running = running.map { lesson -> JSON in
            [
                "page": .string("\(lesson.slug).html"), "lesson": .string(lesson.slug),
                "cell": .string(lesson.cell),
            ]
        }
        return PreviewEvent("state", ["phase": .string(phase.rawValue), "running": .array(running)])
    }

    /// The output of a cell of the page.
    static func cell(_ name: String, html: String) -> PreviewEvent {
        PreviewEvent("cell", ["name": .string(name), "html": .string(html)])
    }

    /// The diagnostics of the build.
    static func diagnostics(_ diagnostics: [Diagnostic]) -> PreviewEvent {
        PreviewEvent("diagnostics", .array(diagnostics.map(\.json)))
    }

    private init(_ name: String, _ data: JSON) {
        // JSON in one line, and so one `data` field.
        self.init(text: "event: \(name)\ndata: \(data.compact)\n\n")
    }

    private init(text: String) {
        bytes = Array(text.utf8)
    }
}

extension Diagnostic {
    /// The diagnostic for a page: its source line is cut before the column, so that a caret can be set there.
    fileprivate var json: JSON {
        let cut = column.map { $0 - 1 }
        func text(_ part: Substring?) -> JSON { part.map { .string(String($0)) } ?? .null }
        return [
            "severity": .string(severity.rawValue), "place": .string(shownLocation),
            "line": location.line.map(JSON.integer) ?? .null, "message": .string(message),
            "hint": hint.map(JSON.string) ?? .null, "hasColumn": .bool(cut != nil),
            "before": text(sourceLine?.prefix(cut ?? 0)), "after": text(sourceLine?.dropFirst(cut ?? 0)),
        ]
    }
}
