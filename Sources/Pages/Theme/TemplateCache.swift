internal import Mustache
internal import Synchronization

/// Rendered templates with placeholders for texts, by the shape of their fields.
///
/// The output of a template depends on which fields there are and how many elements a list has, not on their texts. So a
/// template is rendered once for all pages of a shape, and each page's texts are filled in: a course may have thousands
/// of pages, and they are much alike. Without it, 4,000 short lessons take a fifth more processor time.
final class TemplateCache: Sendable {
    private let library: MustacheLibrary
    private let templates = Mutex<[String: RenderedTemplate]>([:])

    private static let capacity = 256

    /// Makes an empty cache for the templates of a library; `nil` if the output of one may depend on texts.
    init?(_ library: MustacheLibrary, of sources: some Sequence<String>) {
        guard sources.allSatisfy(TemplateCache.isPlain) else { return nil }
        self.library = library
    }

    /// Renders a template; `nil` if there is none of that name.
    func render(_ template: String, with fields: [String: Any]) -> String? {
        var shape = FieldShape()
        let placeholders = shape.replaceTexts(in: fields)
        let key = "\(template) \(shape.key)"
        if let rendered = templates.withLock({ $0[key] }) { return rendered.filled(with: shape.texts) }
        guard let html = library.render(placeholders, withTemplate: template) else { return nil }
        let rendered = RenderedTemplate(html)
        templates.withLock { templates in
            if templates.count == TemplateCache.capacity { templates.removeAll() }
            templates[key] = rendered
        }
        return rendered.filled(with: shape.texts)
    }

    /// Whether a template has only tags such as `{{title}}`, `{{#goals}}` and `{{>head}}`: the results of functions, and
    /// the names of partials that come from fields, depend on texts.
    private static func isPlain(_ source: String) -> Bool {
        let isOfPlainTag = { (byte: UInt8) in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
            case UInt8(ascii: "0")...UInt8(ascii: "9"): true
            default: "_.#^/>{& ".utf8.contains(byte)
            }
        }
        let tags = source.split(separator: "{{").dropFirst(source.hasPrefix("{{") ? 0 : 1)
        return !source.utf8.contains(RenderedTemplate.opening)
            && tags.allSatisfy { tag in tag.utf8.prefix { $0 != UInt8(ascii: "}") }.allSatisfy(isOfPlainTag) }
    }
}

/// The shape of a page's fields, and their texts.
private struct FieldShape {
    /// The fields without their texts, written out.
    private(set) var key = ""
    /// The texts, in the order of their placeholders.
    private(set) var texts: [String] = []

    /// Returns a value with placeholders for its texts. An empty text stays, and so does the line feed at the end of one:
    /// Mustache indents partials by them.
    mutating func replaceTexts(in value: Any) -> Any {
        switch value {
        case let text as String:
            guard !text.isEmpty else {
                key += "e"
                return text
            }
            let endsLine = text.utf8.last == UInt8(ascii: "\n")
            key += endsLine ? "n" : "t"
            texts.append(endsLine ? String(text.dropLast()) : text)
            return RenderedTemplate.placeholder(texts.count - 1) + (endsLine ? "\n" : "")
        case let fields as [String: Any]:
            key += "{"
            defer { key += "}" }
            var replaced: [String: Any] = [:]
            for name in fields.keys.sorted() {
                key += "\(name):"
                replaced[name] = fields[name].map { replaceTexts(in: $0) }
            }
            return replaced
        case let list as [Any]:
            key += "["
            defer { key += "]" }
            return list.map { replaceTexts(in: $0) }
        default:
            key += "\(value);"
            return value
        }
    }
}

/// A rendered template with placeholders, which the texts of a page replace.
private struct RenderedTemplate: Sendable {
    private enum Piece {
        case html([UInt8])
        case text(Int, isEscaped: Bool)
    }

    private var pieces: [Piece] = []

    /// The first byte of a placeholder: a control character, which no lesson may hold.
    static let opening: UInt8 = 2
    private static let closing: UInt8 = 3

    /// The placeholder of a text; its `&` shows whether the template escapes it.
    static func placeholder(_ index: Int) -> String { "\u{2}\(index)&\u{3}" }

    /// Splits HTML at its placeholders.
    init(_ html: String) {
        let parts = html.utf8.split(separator: RenderedTemplate.opening, omittingEmptySubsequences: false)
        pieces.append(.html(Array(parts[0])))
        for part in parts.dropFirst() {
            let digits = part.prefix { $0 != UInt8(ascii: "&") }
            let rest = part.dropFirst(digits.count)
            let end = rest.firstIndex(of: RenderedTemplate.closing) ?? rest.endIndex
            guard let index = Int(Substring(digits)) else { continue }
            pieces.append(.text(index, isEscaped: rest[..<end].count > 1))
            pieces.append(.html(Array(rest[end...].dropFirst())))
        }
    }

    /// Returns the HTML with texts in the place of the placeholders.
    func filled(with texts: [String]) -> String {
        var html: [UInt8] = []
        for piece in pieces {
            switch piece {
            case .html(let bytes): html += bytes
            case .text(let index, isEscaped: false): html += texts[index].utf8
            case .text(let index, isEscaped: true):
                // As Mustache escapes.
                for byte in texts[index].utf8 {
                    switch byte {
                    case UInt8(ascii: "&"): html += "&amp;".utf8
                    case UInt8(ascii: "<"): html += "&lt;".utf8
                    case UInt8(ascii: ">"): html += "&gt;".utf8
                    case UInt8(ascii: "\""): html += "&quot;".utf8
                    case UInt8(ascii: "'"): html += "&#39;".utf8
                    default: html.append(byte)
                    }
                }
            }
        }
        return String(decoding: html, as: UTF8.self)
    }
}
