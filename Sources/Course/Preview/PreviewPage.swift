internal import OutputHTML

/// A page as a preview serves it, which differs from the one in the site's folder.
enum PreviewPage {
    /// The address of a page in a preview, by which its script asks for what it has missed.
    struct Address {
        /// The path in the site.
        var path: String
        /// The version of the preview that the page is of.
        var version: Int
        /// The name of the server that sends it.
        var session: String
    }

    /// The page that stands in for a site that was never built.
    static let nothingYet = Array(
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>Unroll</title>
        </head>
        <body style="font: 1.1rem/1.6 system-ui, sans-serif; margin: 20vh auto; max-width: 28em; padding: 0 1rem">
        <main><h1>Nothing to show yet</h1><p>The page comes when it is built.</p></main>
        </body>
        </html>

        """.utf8
    )

    /// Returns the page for addresses that lead nowhere so that it finds its style from each of them. It may say where the
    /// site will be at last; here, the site is at the top.
    static func atRoot(_ html: [UInt8]) -> [UInt8] {
        // Its own links to places of its own lead to it, too.
        let base = "<base href=\"/404.html\">"
        var text = String(decoding: html, as: UTF8.self)
        if let known = text.firstMatch(of: /<base\b[^>]*>/) {
            text.replaceSubrange(known.range, with: base)
        } else if let head = text.firstRange(of: "<head>") {
            text.insert(contentsOf: base, at: head.upperBound)
        }
        return Array(text.utf8)
    }

    /// Returns a page with the script that keeps it fresh; only here, never in the site's folder.
    static func live(_ html: [UInt8], at address: Address) -> [UInt8] {
        var script = HTMLBuffer()
        script.markup(
            """
            <script src="/unroll/preview.js" data-page="\(address.path)" data-version="\(address.version)" \
            data-session="\(address.session)"></script>

            """
        )
        let closing = Array("</body>".utf8)
        var end = html.count - closing.count
        while end >= 0, !html[end...].starts(with: closing) { end -= 1 }
        let place = end < 0 ? html.count : end
        return html[..<place] + script.bytes + html[place...]
    }
}
