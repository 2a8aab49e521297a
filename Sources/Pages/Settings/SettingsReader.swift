internal import Foundation
package import Lessons
internal import Yams

extension SiteSettings {
    /// The names of all settings.
    package static let keys = SettingsReader.keys

    /// Parses the text of `unroll.yml`.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - name: The file's name in diagnostics.
    /// - Returns: The settings, and everything that is wrong with them.
    package static func parse(_ text: String, named name: String = "unroll.yml") -> (
        SiteSettings, [Diagnostic]
    ) {
        var reader = SettingsReader(text, file: name)
        reader.read()
        return (reader.settings, reader.diagnostics)
    }
}

/// A parser of a site's settings, which gives each mistake its place.
private struct SettingsReader {
    var settings = SiteSettings()
    var diagnostics: [Diagnostic] = []

    private let source: SourceText
    static let keys = [
        "title", "summary", "authors", "language", "baseURL", "footer", "rawHTML", "reference", "theme",
        "lessons", "out", "sources", "package", "engine", "cache", "requires",
    ]

    init(_ text: String, file: String) {
        source = SourceText(Array(text.utf8), file: file)
    }

    mutating func read() {
        do {
            switch try compose(yaml: source.text) {
            case .mapping(let mapping):
                // A newer version may have settings that this one does not know.
                if let wanted = mapping["requires"], !isMet(wanted) { return }
                for (key, value) in mapping { read(key, value) }
            case nil: break
            case let other?:
                // One text, most often because a colon is not followed by a space.
                if let colon = AuthoredYAML(settings: source).wrongColon {
                    diagnostics.append(colon)
                } else {
                    report(other.mark, "settings are lines of 'key: value'", hint: "write title: …, say")
                }
            }
        } catch {
            report(error)
        }
    }

    private mutating func read(_ key: Node, _ value: Node) {
        switch key.string {
        case "title": if let text = line(value, "title") { settings.title = Phrase(unchecked: text) }
        case "summary": if let text = line(value, "summary") { settings.summary = Phrase(unchecked: text) }
        case "footer": footer(value)
        case "authors": authors(value)
        case "language": language(value)
        case "baseURL": baseURL(value)
        case "rawHTML": if let choice = choice(value, "rawHTML") { settings.allowsRawHTML = choice }
        case "reference": if let choice = choice(value, "reference") { settings.hasReference = choice }
        case "theme": theme(value)
        case "lessons": if let path = folder(value, "lessons") { settings.lessons = path }
        case "out":
            if let path = folder(value, "out") {
                (settings.out, settings.outLocation) = (path, location(of: value))
            }
        case "cache":
            if let place = line(value, "cache") {
                (settings.cache, settings.cacheLocation) = (place, location(of: value))
            }
        case "sources", "package", "engine":
            let known = diagnostics.count
            swift(key.string ?? "", value)
            settings.wrongSwift = settings.wrongSwift ?? diagnostics.dropFirst(known).first
        case "requires": break
        default:
            let name = key.string ?? "?"
            report(
                key.mark,
                "unknown setting '\(name)'",
                hint: Spelling.hint(for: name, among: Self.keys, shownAs: "legal are")
            )
        }
    }

    private mutating func line(_ value: Node, _ key: String) -> String? {
        guard let text = value.string, !text.isEmpty else {
            report(value.mark, "\(key) must be a text", hint: "write \(key): …")
            return nil
        }
        // YAML's escapes bring in characters that no page may hold.
        return text.showingControlCharacters
    }

    /// Takes the footer with the places of its links, which are checked beside those of lessons.
    private mutating func footer(_ value: Node) {
        guard let text = line(value, "footer") else { return }
        let place = location(of: value)
        let read = Phrase.read(text, at: place, in: source)
        settings.footer = read.phrase
        settings.footerPlace = SiteSettings.Place(
            location: place,
            line: place.line.map { source.lines[$0 - 1] }
        )
        diagnostics += read.diagnostics
    }

    private mutating func authors(_ value: Node) {
        guard let names = value.sequence, !names.isEmpty else {
            return report(value.mark, "authors must be a list", hint: "write authors: [Ada Lovelace]")
        }
        settings.authors = names.compactMap { line($0, "each of the authors") }
    }

    private mutating func language(_ value: Node) {
        guard let tag = line(value, "language") else { return }
        let parts = tag.split(separator: "-", omittingEmptySubsequences: false)
        let isTag = parts.allSatisfy {
            (1...8).contains($0.utf8.count) && $0.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
        }
        guard isTag, (2...3).contains(parts[0].count) else {
            return report(value.mark, "'\(tag)' is no language tag", hint: "write en, zh-Hans, pt-BR …")
        }
        settings.language = tag
        let language = Language(tag)
        if !language.isSpoken {
            report(
                value.mark,
                "pages have no words of their own in '\(tag)'; buttons and labels speak \(language.spoken)",
                severity: .warning
            )
        }
    }

    private mutating func baseURL(_ value: Node) {
        guard let text = line(value, "baseURL") else { return }
        let isAddress =
            URL(string: text).map { ["http", "https"].contains($0.scheme) && $0.host?.isEmpty == false }
            ?? false
        guard isAddress, !text.contains(where: { "?#\"<>' ".contains($0) }) else {
            return report(
                value.mark,
                "'\(text)' is no address of a site",
                hint: "write https://example.org/course/"
            )
        }
        guard URL(string: text)?.user == nil else {
            return report(
                value.mark,
                "the address of the site holds a name or a password, which each page would tell",
                hint: "write https://example.org/course/"
            )
        }
        settings.baseURL = text
    }

    private mutating func choice(_ value: Node, _ name: String) -> Bool? {
        if value.bool == nil { report(value.mark, "\(name) must be true or false") }
        return value.bool
    }

    /// Whether this version is one that the settings are for.
    private mutating func isMet(_ value: Node) -> Bool {
        let words = value.string?.split(separator: " ") ?? []
        guard words.count == 2, words[0] == ">=", let least = Version(words[1]) else {
            report(value.mark, "requires must be a least version", hint: SettingsReader.requirement)
            return true
        }
        guard Version.current < least else { return true }
        report(
            value.mark,
            "this project asks for Unroll \(least) or later, and this is \(Version.current)",
            hint: "update it, with git pull in the checkout of Unroll",
            kind: .setup
        )
        return false
    }

    private static let requirement = "write requires: \">= \(Version.current)\", with the quotes"

    /// Takes what lessons import.
    private mutating func swift(_ key: String, _ value: Node) {
        switch key {
        case "sources": sources(value)
        case "package":
            if let path = folder(value, "package") { settings.package = named(path, at: value) }
        default:
            if let choice = choice(value, "engine") { settings.usesEngine = choice }
        }
    }

    /// Takes folders of the project's own files.
    private mutating func sources(_ value: Node) {
        let remedy = "write sources: [Sources/Helpers], say"
        guard let nodes = value.sequence, !nodes.isEmpty else {
            return report(value.mark, "sources must be a list of folders", hint: remedy)
        }
        for node in nodes {
            guard let path = folder(node, "sources") else { continue }
            let parts = path.split(separator: "/").filter { $0 != "." }
            if parts.contains("..") {
                report(
                    node.mark,
                    "'\(path)' may lie outside of the project, and sources are folders in it",
                    hint: "move its files here, or make it a package of its own, and write package: \(path)"
                )
            } else if parts.isEmpty {
                report(
                    node.mark,
                    "'\(path)' is the project itself, and sources are folders in it",
                    hint: remedy
                )
            } else {
                settings.sources.append(named(parts.joined(separator: "/"), at: node))
            }
        }
    }

    /// An example for each setting that names a folder.
    private static let folders = [
        "out": "out: docs", "sources": "sources: [Sources/Helpers]", "package": "package: .",
    ]

    private func named(_ path: String, at node: Node) -> NamedFolder {
        let place = location(of: node)
        let line = place.line.map { source.lines[$0 - 1] }
        return NamedFolder(path: path, location: place, sourceLine: line)
    }

    private mutating func folder(_ value: Node, _ key: String) -> String? {
        guard let path = line(value, key) else { return nil }
        guard !path.hasPrefix("/"), !path.hasPrefix("~") else {
            report(
                value.mark,
                "\(key) must be a path from the folder of \(source.file), so that it is right on every machine",
                hint: "write \(SettingsReader.folders[key] ?? "lessons: lessons"), say"
            )
            return nil
        }
        return path
    }

    /// Takes new values of the stylesheet's custom properties.
    private mutating func theme(_ value: Node) {
        guard let mapping = value.mapping else {
            return report(
                value.mark,
                "theme must hold lines of 'property: value'",
                hint: "write accent: \"#8a2252\", say"
            )
        }
        let known = Theme.standard.properties
        for (key, value) in mapping {
            let name = key.string ?? "?"
            guard known.contains(name) else {
                report(
                    key.mark,
                    "the stylesheet has no property '\(name)'",
                    hint: Spelling.hint(for: name, among: known, shownAs: "it has")
                )
                continue
            }
            guard let text = value.string, !text.isEmpty, !text.contains(where: { ";{}<>\\\n".contains($0) }),
                !text.lowercased().contains("url(")
            else {
                report(
                    value.mark,
                    "'\(name)' must be one value of CSS",
                    hint: "write \(name): \"#8a2252\", say"
                )
                continue
            }
            settings.properties[name] = text
        }
    }

    private func location(of node: Node) -> SourceLocation { location(node.mark) }

    private func location(_ mark: Mark?) -> SourceLocation {
        let line = min(mark?.line ?? 1, max(1, source.lines.count))
        return source.location(line: line, scalarColumn: mark?.column ?? 1)
    }

    private mutating func report(
        _ mark: Mark?,
        _ message: String,
        hint: String? = nil,
        severity: Diagnostic.Severity = .error,
        kind: Diagnostic.Kind = .settings
    ) {
        let place = location(mark)
        let line = place.line ?? 1
        var diagnostic = source.diagnostic(kind, line: line, column: place.column, message, hint: hint)
        diagnostic.severity = severity
        diagnostics.append(diagnostic)
    }

    /// Reports what libyaml found wrong.
    private mutating func report(_ error: any Error) {
        var found = AuthoredYAML(settings: source).diagnostics(for: error)
        // Outside of quotes, > begins a text of several lines.
        if let line = found.first?.location.line, source.lines[line - 1].hasPrefix("requires: >") {
            found[0].hint = SettingsReader.requirement
        }
        diagnostics += found
    }
}
