internal import Foundation
public import Lessons
public import Records
internal import Synchronization

/// A site as `unroll serve` shows it: the files of its folder, and what the build under way has to say of them.
///
/// It answers requests and knows nothing of sockets. A page gets one script more than the folder holds, which listens
/// to `/unroll/events` for as long as the page can be seen. Requests and builds come from threads of their own, and
/// neither waits for more of the other than a few assignments.
public final class Preview: Sendable {
    /// A build under way or done.
    public enum Phase: String, Sendable {
        /// Lessons are being run.
        case building
        /// The pages are of the latest lessons.
        case ready
        /// The latest lessons have errors; the folder is as the build before left it.
        case failed
    }

    /// A page that is open.
    fileprivate struct Listener {
        let page: String
        let feed: EventFeed
    }

    /// What builds have said so far.
    fileprivate struct State {
        var phase = Phase.building
        var diagnostics: [Diagnostic] = []
        var running: [(slug: String, cell: String)] = []
        var records: [String: RunRecord] = [:]
        var cells: [String: [(name: String, html: String)]] = [:]
        var wording = Wording(language: "en")
        /// Pages that are newer than the folder.
        var drafts: [String: [UInt8]] = [:]

        var version = 0
        /// The version in which a file changed last.
        var versions: [String: Int] = [:]
        var listeners: [Listener] = []
    }

    /// The files that all pages load.
    fileprivate static let look: Set = ["unroll.css", "unroll.js"]

    private let folder: ServedFolder
    private let hosts: ServedHosts
    /// Tells this server from one before it at the same address.
    private let session = UUID().uuidString
    private let state = Mutex(State())

    /// Makes the preview of a site.
    ///
    /// - Parameters:
    ///   - folder: The site's folder, which need not exist yet.
    ///   - address: The address that it is reached at.
    ///   - port: The port of that address.
    public init(of folder: String, address: String, port: Int) {
        self.folder = ServedFolder(folder)
        hosts = ServedHosts(address: address, port: port)
    }

    // MARK: What a build says

    /// A build begins; the pages stay, and so do diagnostics until it is known that they no longer hold.
    public func begin(language: String) {
        state.withLock { state in
            state.wording = Wording(language: language)
            state.enter(.building)
        }
    }

    /// A cell begins, and so its lesson compiles.
    public func begin(cell: String, of lesson: Lesson) {
        state.withLock { state in
            state.running.removeAll { $0.slug == lesson.slug }
            state.running.append((lesson.slug, cell))
            state.sendPhase()
        }
    }

    /// A cell has run: the page takes its new output.
    public func end(_ cell: CellRecord, of lesson: Lesson) {
        let (record, wording) = state.withLock { state in
            state.records[lesson.slug, default: RunRecord(lesson: lesson.slug, cells: [])].cells.append(cell)
            return (state.records[lesson.slug], state.wording)
        }
        guard let record, let written = lesson.cells.first(where: { $0.name == cell.name }),
            !written.options.isHidden, !written.options.isQuiet
        else { return }
        var html = HTMLBuffer()
        let finished = FinishedLesson(lesson, record)
        let outline = Outline(of: lesson, record, wording: wording)
        var names = Names()
        names.add([finished], [outline])
        var additions = ProseRenderer.Additions()
        (additions.outline, additions.names, additions.page) = (outline, names, lesson.path)
        additions.wording = wording
        OutputRenderer(
            written,
            cell.outputs,
            numbering: outline.numbers[cell.name] ?? [],
            data: [:],
            additions: additions
        ).write(into: &html)
        let shown = html.string
        state.withLock { state in
            state.cells[lesson.path, default: []].append((cell.name, shown))
            state.send(.cell(cell.name, html: shown)) { $0.page == lesson.path }
        }
    }

    /// A lesson has come to its end, or stopped.
    public func end(_ lesson: Lesson) {
        state.withLock { state in
            state.running.removeAll { $0.slug == lesson.slug }
            state.sendPhase()
        }
    }

    /// All that is known to be wrong by now, in the order of the places.
    public func report(_ diagnostics: [Diagnostic]) {
        state.withLock { state in
            guard diagnostics != state.diagnostics else { return }
            state.diagnostics = diagnostics
            state.send(.diagnostics(diagnostics))
        }
    }

    /// Shows pages before their cells have run: the newest text, with what was shown before.
    public func show(drafts pages: [SiteFile]) {
        let before = state.withLock(\.drafts)
        var drafts = before
        var changed: [String] = []
        for page in pages {
            let present = folder.contents(of: page.path)
            if before[page.path] ?? present != page.contents { changed.append(page.path) }
            drafts[page.path] = present == page.contents ? nil : page.contents
        }
        state.withLock { [drafts, changed] state in
            state.drafts = drafts
            state.renew(changed)
        }
    }

    /// A build went well.
    ///
    /// - Parameter changes: The paths of the files that it changed in the folder.
    public func succeed(changing changes: [String]) {
        let drafts = state.withLock(\.drafts)
        let drafted = drafts.filter { path, draft in folder.contents(of: path) != draft }.map(\.key)
        let changed = drafted + changes.filter { drafts[$0] == nil }
        state.withLock { state in
            state.drafts = [:]
            state.enter(.ready)
            state.renew(changed)
        }
    }

    /// A build came to errors, which were reported.
    public func fail() {
        state.withLock { $0.enter(.failed) }
    }

    /// The server ends: nobody needs to listen any longer.
    public func close() {
        let listeners = state.withLock { state in
            defer { state.listeners = [] }
            return state.listeners
        }
        for listener in listeners { listener.feed.end() }
    }

    // MARK: What a reader asks

    /// Answers a request.
    public func respond(to request: Request) -> Response {
        guard let host = request.host, hosts.contains(host) else {
            return Response(403, saying: "This server does not answer to that name.")
        }
        guard ["GET", "HEAD"].contains(request.method) else {
            return Response(405, saying: "Pages can only be read.", headers: ["Allow": "GET, HEAD"])
        }
        let parts = request.target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        guard let path = ServedFolder.path(of: parts.first ?? "") else {
            return Response(400, saying: "This is no path of the site.")
        }
        let response =
            switch path {
            case "unroll/events":
                events(for: parts.count > 1 ? parts[1] : "", isWanted: request.method == "GET")
            case "unroll/preview.js": Response(200, as: path, Array(Theme.text(of: "preview.js").utf8))
            default: file(path)
            }
        return request.method == "HEAD" ? response.withoutBody : response
    }

    private func file(_ path: String) -> Response {
        let (drafts, phase, version) = state.withLock { ($0.drafts, $0.phase, $0.version) }
        if let body = drafts[path] ?? folder.contents(of: path) {
            return Response(200, as: path, path.hasSuffix(".html") ? live(body, path, version) : body)
        }
        let isFirst = phase != .ready && folder.contents(of: "index.html") == nil
        let missing = isFirst ? nil : drafts["404.html"] ?? folder.contents(of: "404.html")
        return Response(
            404,
            as: "404.html",
            live(Preview.atRoot(missing ?? Preview.nothingYet), path, version)
        )
    }

    /// Stands in for a site that was never built.
    private static let nothingYet = Array(
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

    /// The page for addresses that lead nowhere, which finds its style from each of them. It may say where the site will
    /// be at last; here, the site is at the top.
    private static func atRoot(_ html: [UInt8]) -> [UInt8] {
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

    /// The page with the script that keeps it fresh; only here, never in the site's folder.
    private func live(_ html: [UInt8], _ path: String, _ version: Int) -> [UInt8] {
        var script = HTMLBuffer()
        script.markup(
            """
            <script src="/unroll/preview.js" data-page="\(path)" data-version="\(version)" data-session="\(session)">\
            </script>

            """
        )
        let closing = Array("</body>".utf8)
        var end = html.count - closing.count
        while end >= 0, !html[end...].starts(with: closing) { end -= 1 }
        let place = end < 0 ? html.count : end
        return html[..<place] + script.bytes + html[place...]
    }

    /// Everything that a page has missed, then what comes.
    private func events(for query: Substring, isWanted: Bool) -> Response {
        let feed = EventFeed()
        let response = Response(streaming: feed)
        let items = URLComponents(string: "?\(query)")?.queryItems ?? []
        func value(_ name: String) -> String { items.first { $0.name == name }?.value ?? "" }
        guard isWanted else { return response }
        let (page, version) = (value("page"), Int(value("version")) ?? -1)
        let isOurs = value("session") == session
        state.withLock { state in
            state.listeners.removeAll(where: \.feed.isEnded)
            for event in state.missed(by: page, since: isOurs ? version : nil) { feed.send(event.bytes) }
            state.listeners.append(Listener(page: page, feed: feed))
        }
        return response
    }
}

extension Preview.State {
    /// A build begins or ends.
    fileprivate mutating func enter(_ phase: Preview.Phase) {
        self.phase = phase
        (running, records, cells) = ([], [:], [:])
        sendPhase()
    }

    fileprivate mutating func sendPhase() {
        send(.state(phase, running: running))
    }

    /// Says something to the open pages that it is meant for; who has gone is forgotten.
    fileprivate mutating func send(
        _ event: PreviewEvent,
        where isMeant: (Preview.Listener) -> Bool = { _ in true }
    ) {
        listeners.removeAll { isMeant($0) && !$0.feed.send(event.bytes) }
    }

    fileprivate mutating func renew(_ paths: [String]) {
        guard !paths.isEmpty else { return }
        version += 1
        for path in paths { versions[path] = version }
        let stale = Set(listeners.map(\.page).filter { isStale($0, since: version - 1) })
        send(.reload) { stale.contains($0.page) }
    }

    private func isStale(_ page: String, since version: Int) -> Bool {
        Preview.look.union([page]).contains { versions[$0] ?? 0 > version }
    }

    /// What a page of a version has not heard yet; of `nil`, one that another server sent.
    fileprivate func missed(by page: String, since version: Int?) -> [PreviewEvent] {
        guard let version, !isStale(page, since: version) else { return [.greeting, .reload] }
        return [.greeting, .state(phase, running: running)]
            + (cells[page] ?? []).map { .cell($0.name, html: $0.html) } + [.diagnostics(diagnostics)]
    }
}
