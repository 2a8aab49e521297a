internal import Foundation
package import Lessons
internal import OutputHTML
package import Pages
package import Records
internal import Synchronization

/// A site as `unroll serve` shows it: the files of its folder, and the messages of the build under way.
///
/// It answers requests and knows nothing of sockets. A page gets one script more than the folder holds, which listens
/// to `/unroll/events` for as long as the page can be seen. Requests and builds come from threads of their own, and
/// neither waits for more of the other than a few assignments.
package final class Preview: Sendable {
    /// A build under way or done.
    package enum Phase: String, Sendable {
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

    /// The messages of builds so far.
    fileprivate struct State {
        var phase = Phase.building
        var diagnostics: [Diagnostic] = []
        var running: [(slug: String, cell: String)] = []
        var records: [String: RunRecord] = [:]
        var cells: [String: [(name: String, html: String)]] = [:]
        var language = "en"
        /// Files that stand in the place of the folder's: pages that are newer, and those of the site with its drafts.
        var drafts: [String: [UInt8]] = [:]

        var version = 0
        /// The version in which a file changed last.
        var versions: [String: Int] = [:]
        var listeners: [Listener] = []
    }

    /// The files that all pages load.
    fileprivate static let look: Set = ["unroll.css", "unroll.js", "live.css", "live.js"]

    private let folder: ServedFolder
    private let hosts: ServedHosts
    /// The name of this server, which one before it at the same address does not have.
    private let session = UUID().uuidString
    private let state = Mutex(State())

    /// Makes the preview of a site.
    ///
    /// - Parameters:
    ///   - folder: The site's folder, which need not exist yet.
    ///   - address: The address that it is reached at.
    ///   - port: The port of that address.
    package init(of folder: String, address: String, port: Int) {
        self.folder = ServedFolder(folder)
        hosts = ServedHosts(address: address, port: port)
    }

    // MARK: Messages of a build

    /// Takes the beginning of a build; the pages stay, and so do diagnostics until it is known that they no longer hold.
    package func begin(language: String) {
        state.withLock { state in
            state.language = language
            state.enter(.building)
        }
    }

    /// Takes the beginning of a cell: its lesson is compiled.
    package func begin(cell: String, of lesson: Lesson) {
        state.withLock { state in
            state.running.removeAll { $0.slug == lesson.slug }
            state.running.append((lesson.slug, cell))
            state.sendPhase()
        }
    }

    /// Takes the record of a cell: the page shows its new output.
    package func end(_ cell: CellRecord, of lesson: Lesson) {
        let (record, language) = state.withLock { state in
            state.records[lesson.slug, default: RunRecord(lesson: lesson.slug, cells: [])].cells.append(cell)
            return (state.records[lesson.slug], state.language)
        }
        guard let record,
            let shown = FinishedLesson(lesson, record).renderOutputs(
                of: cell.name,
                wording: Wording(language: language)
            )?.html.string
        else { return }
        state.withLock { state in
            state.cells[lesson.path, default: []].append((cell.name, shown))
            state.send(.cell(cell.name, html: shown)) { $0.page == lesson.path }
        }
    }

    /// Takes the end of a lesson, which may have been stopped.
    package func end(_ lesson: Lesson) {
        state.withLock { state in
            state.running.removeAll { $0.slug == lesson.slug }
            state.sendPhase()
        }
    }

    /// Takes all diagnostics so far, in the order of the places.
    package func report(_ diagnostics: [Diagnostic]) {
        state.withLock { state in
            guard diagnostics != state.diagnostics else { return }
            state.diagnostics = diagnostics
            state.send(.diagnostics(diagnostics))
        }
    }

    /// Shows pages before their cells have run: the newest text, with what was shown before.
    package func show(drafts pages: [SiteFile]) {
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

    /// Takes the end of a build that went well.
    ///
    /// - Parameters:
    ///   - changes: The paths of the files that it changed in the folder.
    ///   - files: The files of the site with its drafts, which the folder does not hold.
    package func succeed(changing changes: [String], besides files: [SiteFile] = []) {
        let before = state.withLock(\.drafts)
        let all = files.map { ($0.path, $0.contents) }.filter { folder.contents(of: $0) != $1 }
        let after = Dictionary(all) { first, _ in first }
        let drafted = before.filter { path, draft in after[path] ?? folder.contents(of: path) != draft }.map(
            \.key
        )
        let changed = drafted + (changes + after.keys).filter { before[$0] == nil }
        state.withLock { state in
            state.drafts = after
            state.enter(.ready)
            state.renew(changed)
        }
    }

    /// Takes the end of a build with errors, which were reported.
    package func fail() {
        state.withLock { $0.enter(.failed) }
    }

    /// Ends all listening, for the server ends.
    package func close() {
        let listeners = state.withLock { state in
            defer { state.listeners = [] }
            return state.listeners
        }
        for listener in listeners { listener.feed.end() }
    }

    // MARK: Requests of a reader

    /// Returns the response to a request.
    package func respond(to request: Request) -> Response {
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
            case "unroll/preview.js": Response(200, as: path, Theme.previewScript)
            default: file(path)
            }
        return request.method == "HEAD" ? response.withoutBody : response
    }

    private func file(_ path: String) -> Response {
        let (drafts, phase, version) = state.withLock { ($0.drafts, $0.phase, $0.version) }
        let address = PreviewPage.Address(path: path, version: version, session: session)
        if let body = drafts[path] ?? folder.contents(of: path) {
            let isPage = path.hasSuffix(".html")
            return Response(200, as: path, isPage ? PreviewPage.live(body, at: address) : body)
        }
        // A folder's own relative links begin at its slash.
        if drafts["\(path)/index.html"] != nil || folder.contents(of: "\(path)/index.html") != nil {
            let target = path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? path
            return Response(301, saying: "it is a folder", headers: ["Location": "/\(target)/"])
        }
        let isFirst = phase != .ready && folder.contents(of: "index.html") == nil
        let missing = isFirst ? nil : drafts["404.html"] ?? folder.contents(of: "404.html")
        let page = PreviewPage.atRoot(missing ?? PreviewPage.nothingYet)
        return Response(404, as: "404.html", PreviewPage.live(page, at: address))
    }

    /// The stream of events for a page: those that it has missed, then those that come.
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
    /// Enters a phase, as a build begins or ends.
    fileprivate mutating func enter(_ phase: Preview.Phase) {
        self.phase = phase
        (running, records, cells) = ([], [:], [:])
        sendPhase()
    }

    fileprivate mutating func sendPhase() {
        send(.state(phase, running: running))
    }

    /// Sends an event to the open pages that it is meant for, and forgets those that are gone.
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

    /// The events that a page of a version has missed; `nil` is the version of a page that another server sent.
    fileprivate func missed(by page: String, since version: Int?) -> [PreviewEvent] {
        guard let version, !isStale(page, since: version) else { return [.greeting, .reload] }
        return [.greeting, .state(phase, running: running)]
            + (cells[page] ?? []).map { .cell($0.name, html: $0.html) } + [.diagnostics(diagnostics)]
    }
}
