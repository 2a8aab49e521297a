internal import Lessons
internal import Records

/// A site as `unroll serve` shows it: the pages of the last good build, and what the build under way has to say.
///
/// It answers requests and knows nothing of sockets. A page that is open asks for `/unroll/state?after=N`, and is
/// answered as soon as there is something newer than `N`.
public actor Preview {
    /// What a request asks for.
    public struct Request: Sendable {
        /// `GET`, `HEAD` and so on.
        public var method: String
        /// The path and the query, as they came.
        public var target: String
        /// The `Host` header.
        public var host: String?

        /// Makes a request.
        public init(method: String = "GET", target: String, host: String?) {
            self.method = method
            self.target = target
            self.host = host
        }
    }

    /// What a request is answered.
    public struct Response: Sendable, Equatable {
        /// The status, such as 200.
        public var status: Int
        /// The headers in order.
        public var headers: [String: String]
        /// The bytes.
        public var body: [UInt8]
    }

    /// A build under way or done.
    public enum Phase: String, Sendable {
        /// Lessons are being run; the pages shown are of the build before.
        case building
        /// The pages are of the latest lessons.
        case ready
        /// The latest lessons have errors; the pages shown are of the build before.
        case failed
    }

    private var files: [String: [UInt8]] = [:]
    private var phase = Phase.building
    private var messages: [String] = []
    private var cells: [JSON] = []
    private var wording = Wording(language: "en")
    private var version = 0
    private var siteVersion = 0
    private var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
    private var waiters = 0
    private let port: Int

    /// Makes a preview that is reached at a port of this machine.
    public init(port: Int) {
        self.port = port
    }

    // MARK: What a build says

    /// A build begins; the old pages stay.
    public func begin() {
        phase = .building
        messages = []
        cells = []
        announce()
    }

    /// A cell has run: pages that show it take its new outputs.
    public func cellFinished(_ name: String, of lesson: String, in finished: FinishedLesson) {
        guard let cell = finished.lesson.cells.first(where: { $0.name == name }),
            let record = finished.record.cells.first(where: { $0.name == name }),
            !cell.options.isHidden, !cell.options.isQuiet
        else { return }
        let outline = Outline(of: finished.lesson, finished.record, wording: wording)
        var html = HTMLBuffer()
        OutputRenderer(
            cell,
            record.outputs,
            numbering: outline.numbers[name] ?? [],
            data: [:],
            wording: wording
        ).write(into: &html)
        cells.append(["page": .string("\(lesson).html"), "cell": .string(name), "html": .string(html.string)])
        announce()
    }

    /// A build went well: its pages are shown from now on.
    public func succeed(with site: Site, language: String) {
        let new = Dictionary(site.files.map { ($0.path, $0.contents) }) { first, _ in first }
        wording = Wording(language: language)
        phase = .ready
        cells = []
        if new != files {
            files = new
            siteVersion += 1
        }
        announce()
    }

    /// A build has errors, which open pages show; the old pages stay.
    public func fail(with diagnostics: [String]) {
        phase = .failed
        messages = diagnostics
        announce()
    }

    private func announce() {
        version += 1
        for (_, continuation) in waiting { continuation.resume() }
        waiting = [:]
    }

    // MARK: What a reader asks

    /// Answers a request.
    public func respond(to request: Request) async -> Response {
        guard let host = request.host, isOurs(host) else {
            return plain(403, "This server answers to 127.0.0.1:\(port) and localhost:\(port) only.")
        }
        guard ["GET", "HEAD"].contains(request.method) else {
            return plain(405, "Pages can only be read.", headers: ["Allow": "GET, HEAD"])
        }
        let parts = request.target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        guard let path = Self.path(parts[0]) else { return plain(400, "This is no path of the site.") }
        if path == "unroll/state" { return await state(after: parts.count > 1 ? parts[1] : "") }
        if path == "unroll/preview.js" {
            return Response(status: 200, headers: headers(for: path), body: PackageResources.preview_js)
        }
        return page(path)
    }

    private func page(_ path: String) -> Response {
        let path = path.isEmpty ? "index.html" : path
        guard let body = files[path] else {
            let missing = files["404.html"] ?? Array("<!DOCTYPE html><title>…</title><p>…</p>".utf8)
            return Response(status: 404, headers: headers(for: "404.html"), body: withPreview(missing))
        }
        return Response(
            status: 200,
            headers: headers(for: path),
            body: path.hasSuffix(".html") ? withPreview(body) : body
        )
    }

    /// The page with the script that keeps it fresh; only here, never in the site on disk.
    private func withPreview(_ html: [UInt8]) -> [UInt8] {
        html + Array("<script src=\"/unroll/preview.js\" data-version=\"\(siteVersion)\"></script>\n".utf8)
    }

    /// Answers when there is something newer than the version asked for, and at the latest after `patience`.
    private func state(after query: Substring) async -> Response {
        let known =
            query.split(separator: "&").first { $0.hasPrefix("after=") }.flatMap { Int($0.dropFirst(6)) }
            ?? -1
        if known >= version { await news() }
        let state: JSON = [
            "version": .integer(version), "site": .integer(siteVersion), "phase": .string(phase.rawValue),
            "messages": .array(messages.map(JSON.string)), "cells": .array(cells),
        ]
        return Response(status: 200, headers: headers(for: "state.json"), body: Array(state.compact.utf8))
    }

    private func news() async {
        waiters += 1
        let ticket = waiters
        let alarm = Task {
            try? await Task.sleep(for: .seconds(10))
            self.wake(ticket)
        }
        await withCheckedContinuation { waiting[ticket] = $0 }
        alarm.cancel()
    }

    private func wake(_ ticket: Int) {
        waiting.removeValue(forKey: ticket)?.resume()
    }

    // MARK: Who may ask for what

    /// A page of another site must not read this one through a name that leads here.
    private func isOurs(_ host: String) -> Bool {
        ["127.0.0.1", "localhost", "[::1]"].contains { host.lowercased() == "\($0):\(port)" }
    }

    /// The path in the site; `nil` for one that is malformed or leads out of it.
    package static func path(_ target: Substring) -> String? {
        guard target.hasPrefix("/"), let decoded = LinkTarget(String(target.dropFirst())).unescaped else {
            return nil
        }
        let parts = decoded.split(separator: "/", omittingEmptySubsequences: false)
        let isInside = parts.allSatisfy { part in
            part != "." && part != ".." && !part.contains { $0 == "\\" || $0 == "\0" }
        }
        return isInside ? decoded : nil
    }

    private func plain(_ status: Int, _ text: String, headers more: [String: String] = [:]) -> Response {
        Response(
            status: status,
            headers: headers(for: "text.txt").merging(more) { $1 },
            body: Array((text + "\n").utf8)
        )
    }

    private func headers(for path: String) -> [String: String] {
        let type =
            switch path.split(separator: ".").last {
            case "html": "text/html; charset=utf-8"
            case "css": "text/css; charset=utf-8"
            case "js": "text/javascript; charset=utf-8"
            case "json": "application/json"
            case "xml": "application/xml"
            case "svg": "image/svg+xml"
            case "png": "image/png"
            case "jpg", "jpeg": "image/jpeg"
            case "gif": "image/gif"
            case "webp": "image/webp"
            case "csv": "text/csv; charset=utf-8"
            default: "text/plain; charset=utf-8"
            }
        return ["Content-Type": type, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"]
    }
}
