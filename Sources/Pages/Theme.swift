internal import Charting
internal import Mustache

/// The look of a site: templates for its pages, one stylesheet, one script.
public struct Theme: Sendable {
    /// The templates by name, such as `lesson`.
    private let templates: MustacheLibrary
    /// The stylesheet.
    package let stylesheet: String
    /// The script.
    package let script: String

    /// The theme that Unroll brings along.
    public static let standard = Theme(
        templates: [
            "head": PackageResources.head_mustache,
            "header": PackageResources.header_mustache,
            "footer": PackageResources.footer_mustache,
            "lesson": PackageResources.lesson_mustache,
            "index": PackageResources.index_mustache,
        ],
        stylesheet: PackageResources.unroll_css,
        script: PackageResources.unroll_js
    )

    private init(templates: [String: [UInt8]], stylesheet: [UInt8], script: [UInt8]) {
        self.templates = MustacheLibrary(
            templates: templates.mapValues { bytes in
                do {
                    return try MustacheTemplate(string: String(decoding: bytes, as: UTF8.self))
                } catch {
                    fatalError("a template of the standard theme does not parse: \(error)")
                }
            }
        )
        self.stylesheet = String(decoding: stylesheet, as: UTF8.self)
        self.script = String(decoding: script, as: UTF8.self)
    }

    /// The files that pages load.
    package func files(with settings: SiteSettings) -> [SiteFile] {
        let own = settings.properties.sorted { $0.key < $1.key }.map { "  --\($0.key): \($0.value);\n" }
            .joined()
        let properties = own.isEmpty ? "" : ":root {\n\(own)}\n"
        return [
            SiteFile("unroll.css", ChartTheme.css + stylesheet + properties),
            SiteFile("unroll.js", script),
        ]
    }

    /// Fills a template.
    package func page(_ template: String, _ values: [String: Any]) -> String {
        guard let html = templates.render(values, withTemplate: template) else {
            fatalError("the theme has no template '\(template)'")
        }
        return html
    }
}
