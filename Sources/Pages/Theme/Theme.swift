internal import Charting
internal import Foundation
package import Lessons
internal import Mustache
internal import ThemeFiles

/// The theme of a site: templates for its pages, one stylesheet, one script.
public struct Theme: Sendable {
    private var sources: [String: String]
    private let library: MustacheLibrary
    private let cache: TemplateCache?

    /// The theme that Unroll brings along.
    public static let standard: Theme = {
        let files = [
            "head.mustache", "header.mustache", "search.mustache", "footer.mustache", "body.mustache",
            "lesson.mustache", "index.mustache", "glossary.mustache", "reference.mustache",
            "notfound.mustache", "course.mustache", "unroll.css", "unroll.js", "live.css", "live.js",
        ]
        do {
            return try Theme(Dictionary(uniqueKeysWithValues: files.map { ($0, text(of: $0)) }))
        } catch {
            fatalError("the standard theme does not parse: \(error)")
        }
    }()

    /// The script that keeps a page fresh while it is previewed, which no site holds.
    package static var previewScript: [UInt8] { Array(text(of: "preview.js").utf8) }

    /// The text of a file that Unroll brings along.
    static func text(of file: String) -> String {
        guard let text = themeFile(file) else { fatalError("the standard theme has no file '\(file)'") }
        return String(cString: text)
    }

    private init(_ sources: [String: String]) throws {
        self.sources = sources
        var templates: [String: MustacheTemplate] = [:]
        for (file, text) in sources {
            if let name = Self.template(file) { templates[name] = try MustacheTemplate(string: text) }
        }
        library = MustacheLibrary(templates: templates)
        cache = TemplateCache(library, of: sources.filter { Self.template($0.key) != nil }.values)
    }

    private static func template(_ file: String) -> String? {
        file.hasSuffix(".mustache") ? String(file.dropLast(".mustache".count)) : nil
    }

    /// The names of its templates, those of pages and those of parts.
    package var templates: [String] { sources.keys.compactMap(Self.template).sorted() }

    /// The names of the custom properties that the stylesheet's root sets, without their hyphens.
    package var properties: [String] {
        let names = (sources["unroll.css"] ?? "").matches(of: /(?m)^\s+--([a-z-]+):/).map {
            String($0.output.1)
        }
        return Set(names).sorted()
    }

    /// The files that pages load.
    package func files(with settings: SiteSettings) -> [SiteFile] {
        [
            SiteFile("unroll.css", style(with: settings)),
            SiteFile("unroll.js", sources["unroll.js"] ?? ""),
        ]
    }

    /// The files that pages with live cells load besides.
    package var liveFiles: [SiteFile] {
        let script = LiveRunner.assemble(page: sources["live.js"] ?? "", host: Self.text(of: "host.js"))
        return [SiteFile("live.css", sources["live.css"] ?? ""), SiteFile("live.js", script)]
    }

    /// The stylesheet of all pages, without comments: those are for who writes it.
    func style(with settings: SiteSettings) -> String {
        let own = settings.properties.sorted { $0.key < $1.key }.map { "  --\($0.key): \($0.value);\n" }
            .joined()
        let properties = own.isEmpty ? "" : ":root:root:root:root {\n\(own)}\n"
        let css = ChartTheme.css + (sources["unroll.css"] ?? "") + (sources["extra.css"] ?? "") + properties
        return Theme.withoutComments(css)
    }

    /// Returns a stylesheet without its comments and the lines that they leave empty; what looks like one in a text or an
    /// address stays, and so do those with `!`, which hold a license.
    package static func withoutComments(_ css: String) -> String {
        let pattern = /(?s)(?<kept>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|url\([^)]*\))|\/\*(?!!).*?\*\//
        return css.replacing(pattern) { $0.output.kept.map(String.init) ?? "" }
            .replacing(/[ \t]+\n/, with: "\n").replacing(/\n{2,}/, with: "\n")
    }

    /// Renders a template.
    package func render(_ template: String, with fields: [String: Any]) -> String {
        let fields = TemplateFields.completed(fields, of: template)
        let html =
            cache.map { $0.render(template, with: fields) }
            ?? library.render(fields, withTemplate: template)
        guard let html else {
            fatalError("the theme has no template '\(template)'")
        }
        return html
    }
}

extension Theme {
    /// The theme with the author's own files in the place of ours, one by one. `extra.css` is added to the
    /// stylesheet; a template of a new name can be used as a part by the others.
    ///
    /// - Parameters:
    ///   - files: The contents of the author's files, by their names.
    ///   - name: The name of their folder in diagnostics.
    /// - Returns: The theme, and everything that is wrong with the files.
    package func overridden(
        by files: [String: [UInt8]],
        named name: String = "theme"
    ) -> (Theme, [Diagnostic]) {
        var own = sources
        var diagnostics: [Diagnostic] = []
        for (file, bytes) in files.sorted(by: { $0.key < $1.key }) {
            let place = "\(name)/\(file)"
            if let complaint = misnamed(file, place) {
                diagnostics.append(complaint)
            } else if let text = String(data: Data(bytes), encoding: .utf8) {
                let isTemplate = Self.template(file) != nil
                own[file] = isTemplate ? Self.withLineFeeds(text) : text
            } else {
                diagnostics.append(
                    Diagnostic(.error, .settings, at: SourceLocation(file: place), "this is not UTF-8 text")
                )
            }
        }
        guard diagnostics.isEmpty else { return (self, diagnostics) }
        var complaints = Self.complaints(of: own) { sources[$0] == own[$0] ? $0 : "\(name)/\($0)" }
        // What closes a circle may stand in a template of ours.
        let isOwn = { (complaint: Diagnostic) in complaint.location.file.hasPrefix("\(name)/") }
        if complaints.contains(where: isOwn) { complaints.removeAll { !isOwn($0) } }
        guard complaints.isEmpty, let theme = try? Theme(own) else { return (self, complaints) }
        return (theme, [])
    }

    /// A text with a line feed in the place of every line end, and without a byte order mark.
    private static func withLineFeeds(_ text: String) -> String {
        let lines = SourceText(Array(text.utf8), file: "").text
        return text.last?.isNewline == true ? lines : String(lines.dropLast())
    }

    /// The mistakes in its templates.
    package var diagnostics: [Diagnostic] { Self.complaints(of: sources) { $0 } }

    /// Returns the mistakes in templates.
    ///
    /// - Parameter place: The name of a file in diagnostics.
    private static func complaints(of sources: [String: String], named place: (String) -> String)
        -> [Diagnostic]
    {
        var files: [String: SourceText] = [:]
        for (file, text) in sources {
            if let name = template(file) { files[name] = SourceText(Array(text.utf8), file: place(file)) }
        }
        let found = TemplateCheck.diagnostics(of: files)
        return found.isEmpty ? files.sorted { $0.key < $1.key }.compactMap { refusal(of: $0.value) } : found
    }

    /// A template of a new name is the author's own part, unless it looks like one of ours misspelled.
    private func misnamed(_ file: String, _ place: String) -> Diagnostic? {
        let known = sources.keys.sorted() + ["extra.css"]
        guard !known.contains(file) else { return nil }
        if let name = Self.template(file) {
            guard let meant = Spelling.nearest(to: name, among: known.compactMap(Self.template)) else {
                return nil
            }
            return complaint(place, file, hint: "did you mean '\(meant).mustache'?")
        }
        return complaint(place, file, hint: Spelling.hint(for: file, among: known, shownAs: "it has"))
    }

    private func complaint(_ place: String, _ file: String, hint: String) -> Diagnostic {
        Diagnostic(
            .error,
            .settings,
            at: SourceLocation(file: place),
            "the theme has no file '\(file)'",
            hint: hint
        )
    }

    /// The error of Mustache's own parser, for a template in which the check finds none.
    private static func refusal(of file: SourceText) -> Diagnostic? {
        do {
            _ = try MustacheTemplate(string: file.text)
            return nil
        } catch let error as MustacheTemplate.ParserError {
            let (message, hint) = words(for: error.error)
            let (line, column) = (error.context.lineNumber, error.context.columnNumber)
            let before = file.lines.dropFirst(line - 1).first?.prefix(column - 1).utf8.count ?? 0
            return file.diagnostic(.settings, line: line, column: before + 1, message, hint: hint)
        } catch {
            return file.diagnostic(.settings, line: 1, column: nil, "Mustache cannot read this: \(error)")
        }
    }

    private static func words(for error: any Error) -> (message: String, hint: String) {
        switch error as? MustacheTemplate.Error {
        case .illegalTokenInsideInheritSection, .textInsideInheritSection:
            (
                "between {{<part}} and {{/part}} stand nothing but blocks",
                "write {{$name}}…{{/name}} around it, or {{>part}} for a part without blocks"
            )
        case .transformAppliedToInheritanceSection: ("a block has a name alone", "write {{$name}}")
        default: ("Mustache cannot read this tag", "write {{name}}, {{#name}}…{{/name}} or {{>part}}")
        }
    }
}
