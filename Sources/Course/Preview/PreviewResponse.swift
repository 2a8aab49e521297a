extension Preview {
    /// A response to a request.
    package struct Response: Sendable {
        /// The status, such as 200.
        package var status: Int
        /// The headers.
        package var headers: [String: String]
        /// The bytes, whole or as they come.
        package var body: Body
    }

    /// The body of a response.
    package enum Body: Sendable {
        /// All of it.
        case whole([UInt8])
        /// Piece by piece, for as long as somebody listens.
        case stream(EventFeed)
    }
}

extension Preview.Response {
    /// Bytes of the kind that a path's ending tells.
    init(_ status: Int, as path: String, _ body: [UInt8]) {
        self.init(status, type: ServedFolder.type(of: path), .whole(body))
        headers["Content-Length"] = String(body.count)
        // A picture that is opened by itself is a page, too, and nobody has looked at what it holds.
        if ServedFolder.type(of: path) == "image/svg+xml" {
            headers["Content-Security-Policy"] = "script-src 'none'"
        }
    }

    /// Makes an answer of one sentence.
    package init(_ status: Int, saying text: String, headers more: [String: String] = [:]) {
        self.init(status, as: "text.txt", Array((text + "\n").utf8))
        headers.merge(more) { $1 }
    }

    /// Server-sent events.
    init(streaming events: EventFeed) {
        self.init(200, type: "text/event-stream; charset=utf-8", .stream(events))
    }

    private init(_ status: Int, type: String, _ body: Preview.Body) {
        self.status = status
        self.body = body
        headers = [
            "Content-Type": type, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff",
            "Cross-Origin-Resource-Policy": "same-origin",
        ]
    }

    /// The answer to a request for the headers alone.
    var withoutBody: Preview.Response {
        var response = self
        response.body = .whole([])
        return response
    }
}
