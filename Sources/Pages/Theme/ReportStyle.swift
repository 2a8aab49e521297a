internal import OutputHTML

/// The style sheet of a report, which stands in its page: that of all pages, and what reports have besides.
package struct ReportStyle: Sendable {
    /// The rules.
    fileprivate let css: String

    /// The style sheet of a theme.
    package init(_ theme: Theme, with settings: SiteSettings) {
        css = theme.style(with: settings) + Theme.text(of: "report.css")
    }
}

extension HTMLBuffer {
    /// Writes a style sheet as the content of a `<style>` element, which it cannot end.
    package mutating func style(_ style: ReportStyle) {
        authored(style.css.replacing("</", with: "<\\/"))
    }
}
