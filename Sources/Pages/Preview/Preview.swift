internal import Foundation
public import Lessons
public import Records

/// A site as `unroll serve` shows it: the files of its folder, and what the build under way has to say of them.
///
/// It answers requests and knows nothing of sockets. A page gets one script more than the folder holds, which listens
/// to `/unroll/events` for as long as the page can be seen.
public actor Preview {
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
    private struct Listener {
        let page: String
        let continuation: AsyncStream<[UInt8]>.Continuation
    }

    /// The files that all pages load.
    private static let look: Set = ["unroll.css", "unroll.js"]

    private let folder: ServedFolder
    private let hosts: ServedHosts
    /// Tells this server from one before it at the same address.
    private let session = UUID().uuidString

    private var phase = Phase.building
    private var diagnostics: [Diagnostic] = []
    private var running: [(slug: String, cell: String)] = []
    private var records: [String: RunRecord] = [:]
    private var cells: [String: [(name: String, html: String)]] = [:]
    private var wording = Wording(language: "en")
    /// Pages that are newer than the folder.
    private var drafts: [String: [UInt8]] = [:]

    private var version = 0
    /// The version in which a file changed last.
    private var versions: [String: Int] = [:]
    private var listeners: [Int: Listener] = [:]
    private var lastListener = 0
    private var isBeating = false

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
        wording = Wording(language: language)
        phase = .building
        (running, records, cells) = ([], [:], [:])
        sendState()
    }

    /// A cell begins, and so its lesson compiles.
    public func begin(cell: String, of lesson: Lesson) {
        running.removeAll { $0.slug == lesson.slug }
        running.append((lesson.slug, cell))
        sendState()
    }

    /// A cell has run: the page takes its new output.
    public func end(_ cell: CellRecord, of lesson: Lesson) {
        var record = records[lesson.slug] ?? RunRecord(lesson: lesson.slug, cells: [])
        record.cells.append(cell)
        records[lesson.slug] = record
        guard let written = lesson.cells.first(where: { $0.name == cell.name }),
            !written.options.isHidden, !written.options.isQuiet
        else { return }
        var html = HTMLBuffer()
        OutputRenderer(
            written,
            cell.outputs,
            numbering: Outline(of: lesson, record, wording: wording).numbers[cell.name] ?? [],
            data: [:],
            wording: wording
        ).write(into: &html)
        cells[lesson.path, default: []].append((cell.name, html.string))
        send(.cell(cell.name, html: html.string)) { $0.page == lesson.path }
    }

    /// A lesson has come to its end, or stopped.
    public func end(_ lesson: Lesson) {
        running.removeAll { $0.slug == lesson.slug }
        sendState()
    }

    /// All that is known to be wrong by now, in the order of the places.
    public func report(_ diagnostics: [Diagnostic]) {
        guard diagnostics != self.diagnostics else { return }
        self.diagnostics = diagnostics
        send(.diagnostics(diagnostics))
    }

    /// Shows pages before their cells have run: the newest text, with what was shown before.
    public func show(drafts pages: [SiteFile]) {
        var changed: [String] = []
        for page in pages {
            let present = folder.contents(of: page.path)
            if drafts[page.path] ?? present != page.contents { changed.append(page.path) }
            drafts[page.path] = present == page.contents ? nil : page.contents
        }
        renew(changed)
    }

    /// A build went well.
    ///
    /// - Parameter changes: The paths of the files that it changed in the folder.
    public func succeed(changing changes: [String]) {
        let drafted = drafts.filter { path, draft in folder.contents(of: path) != draft }.map(\.key)
        let changed = drafted + changes.filter { drafts[$0] == nil }
        drafts = [:]
        end(.ready)
        renew(changed)
    }

    /// A build came to errors, which were reported.
    public func fail() {
        end(.failed)
    }

    /// The server ends: nobody needs to listen any longer.
    public func close() {
        for listener in listeners.values { listener.continuation.finish() }
        listeners = [:]
    }

    private func end(_ phase: Phase) {
        self.phase = phase
        (running, records, cells) = ([], [:], [:])
        sendState()
    }

    private func renew(_ paths: [String]) {
        guard !paths.isEmpty else { return }
        version += 1
        for path in paths { versions[path] = version }
        send(.reload) { self.isStale($0.page, since: self.version - 1) }
    }

    private func isStale(_ page: String, since version: Int) -> Bool {
        Preview.look.union([page]).contains { versions[$0] ?? 0 > version }
    }

    private func sendState() {
        send(.state(phase, running: running))
    }

    private func send(_ event: PreviewEvent, where isMeant: (Listener) -> Bool = { _ in true }) {
        for listener in listeners.values where isMeant(listener) { listener.continuation.yield(event.bytes) }
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
            case "unroll/preview.js": Response(200, as: path, PackageResources.preview_js)
            default: file(path)
            }
        return request.method == "HEAD" ? response.withoutBody : response
    }

    private func file(_ path: String) -> Response {
        if let body = drafts[path] ?? folder.contents(of: path) {
            return Response(200, as: path, path.hasSuffix(".html") ? live(body, path) : body)
        }
        let isFirst = phase != .ready && folder.contents(of: "index.html") == nil
        let missing = isFirst ? nil : drafts["404.html"] ?? folder.contents(of: "404.html")
        return Response(404, as: "404.html", live(missing ?? Preview.nothingYet, path))
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

    /// The page with the script that keeps it fresh; only here, never in the site's folder.
    private func live(_ html: [UInt8], _ path: String) -> [UInt8] {
        // The page for missing ones says where the site will be at last, and would load its style from there.
        var text = String(decoding: html, as: UTF8.self).replacing(
            /<base href="[^"]*">/,
            with: "<base href=\"/\">"
        )
        var script = HTMLBuffer()
        script.markup("<script src=\"/unroll/preview.js\" data-page=\"")
        script.text(path)
        script.markup("\" data-version=\"\(version)\" data-session=\"\(session)\"></script>\n")
        let end = text.ranges(of: "</body>").last?.lowerBound ?? text.endIndex
        text.insert(contentsOf: script.string, at: end)
        return Array(text.utf8)
    }

    /// Everything that a page has missed, then what comes.
    private func events(for query: Substring, isWanted: Bool) -> Response {
        let (stream, continuation) = AsyncStream.makeStream(of: [UInt8].self)
        let response = Response(streaming: stream)
        let items = URLComponents(string: "?\(query)")?.queryItems ?? []
        func value(_ name: String) -> String { items.first { $0.name == name }?.value ?? "" }
        guard isWanted else { return response }
        var missed = [PreviewEvent.greeting]
        if value("session") != session || isStale(value("page"), since: Int(value("version")) ?? -1) {
            missed.append(.reload)
        } else {
            missed.append(.state(phase, running: running))
            missed += (cells[value("page")] ?? []).map { .cell($0.name, html: $0.html) }
            missed.append(.diagnostics(diagnostics))
        }
        for event in missed { continuation.yield(event.bytes) }
        lastListener += 1
        let number = lastListener
        listeners[number] = Listener(page: value("page"), continuation: continuation)
        continuation.onTermination = { _ in Task { await self.leave(number) } }
        if !isBeating { Task { await beat() } }
        return response
    }

    private func leave(_ listener: Int) {
        listeners[listener] = nil
    }

    /// Writes to every listener now and then, which is how a server finds out that one is gone.
    private func beat() async {
        isBeating = true
        while !listeners.isEmpty {
            try? await Task.sleep(for: .seconds(15))
            send(.heartbeat)
        }
        isBeating = false
    }
}
