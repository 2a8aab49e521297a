internal import Mustache
internal import Synchronization

/// Fills templates, each once for all pages whose values are of one shape.
///
/// What a template makes depends on which values there are and how many a list holds, not on what their texts say. So it
/// is filled with marks in the place of texts, and the texts of all pages of that shape are poured into what comes out:
/// a course may have thousands of pages, and they are much alike.
final class TemplateMolds: Sendable {
    private let library: MustacheLibrary
    private let molds = Mutex<[String: Mold]>([:])

    /// How many shapes are kept.
    private static let most = 256

    /// Fills the templates of a library; `nil` if one of them looks at what texts say.
    init?(_ library: MustacheLibrary, of sources: some Sequence<String>) {
        guard sources.allSatisfy(TemplateMolds.isPlain) else { return nil }
        self.library = library
    }

    /// Fills a template; `nil` if there is none of that name.
    func page(_ template: String, _ values: [String: Any]) -> String? {
        var cast = Cast()
        let marked = cast.marked(values)
        let shape = "\(template) \(cast.shape)"
        if let mold = molds.withLock({ $0[shape] }) { return mold.filled(with: cast.texts) }
        guard let html = library.render(marked, withTemplate: template) else { return nil }
        let mold = Mold(html)
        molds.withLock { molds in
            if molds.count == TemplateMolds.most { molds.removeAll() }
            molds[shape] = mold
        }
        return mold.filled(with: cast.texts)
    }

    /// Whether a template has none but plain tags, such as `{{title}}`, `{{#goals}}` and `{{>head}}`: functions and names
    /// of parts that come from values depend on what texts say.
    private static func isPlain(_ source: String) -> Bool {
        let mayStandInTag = { (byte: UInt8) in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
            case UInt8(ascii: "0")...UInt8(ascii: "9"): true
            default: "_.#^/>{& ".utf8.contains(byte)
            }
        }
        let tags = source.split(separator: "{{").dropFirst(source.hasPrefix("{{") ? 0 : 1)
        return !source.utf8.contains(Mold.opening)
            && tags.allSatisfy { tag in
                tag.utf8.prefix { $0 != UInt8(ascii: "}") }.allSatisfy(mayStandInTag)
            }
    }
}

/// The values of a page, with marks in the place of their texts.
private struct Cast {
    /// What the values are but for their texts.
    private(set) var shape = ""
    /// The texts, in the order of their marks.
    private(set) var texts: [String] = []

    /// A value with marks in it. An empty text stays, and so does the line end of one: parts are indented by them.
    mutating func marked(_ value: Any) -> Any {
        switch value {
        case let text as String:
            guard !text.isEmpty else {
                shape += "e"
                return text
            }
            let endsLine = text.utf8.last == UInt8(ascii: "\n")
            shape += endsLine ? "n" : "t"
            texts.append(endsLine ? String(text.dropLast()) : text)
            return Mold.mark(texts.count - 1) + (endsLine ? "\n" : "")
        case let values as [String: Any]:
            shape += "{"
            defer { shape += "}" }
            var marked: [String: Any] = [:]
            for key in values.keys.sorted() {
                shape += "\(key):"
                marked[key] = values[key].map { self.marked($0) }
            }
            return marked
        case let list as [Any]:
            shape += "["
            defer { shape += "]" }
            return list.map { marked($0) }
        default:
            shape += "\(value);"
            return value
        }
    }
}

/// A filled template with marks, into which the texts of a page are poured.
private struct Mold: Sendable {
    /// A piece of a page.
    private enum Piece {
        case html([UInt8])
        case text(Int, isEscaped: Bool)
    }

    private var pieces: [Piece] = []

    /// A control character, which no lesson may hold.
    static let opening: UInt8 = 2
    private static let closing: UInt8 = 3

    /// The mark of a text; its `&` shows whether the template escapes what stands there.
    static func mark(_ index: Int) -> String { "\u{2}\(index)&\u{3}" }

    /// Finds the marks.
    init(_ html: String) {
        let parts = html.utf8.split(separator: Mold.opening, omittingEmptySubsequences: false)
        pieces.append(.html(Array(parts[0])))
        for part in parts.dropFirst() {
            let digits = part.prefix { $0 != UInt8(ascii: "&") }
            let rest = part.dropFirst(digits.count)
            let end = rest.firstIndex(of: Mold.closing) ?? rest.endIndex
            guard let index = Int(Substring(digits)) else { continue }
            pieces.append(.text(index, isEscaped: rest[..<end].count > 1))
            pieces.append(.html(Array(rest[end...].dropFirst())))
        }
    }

    /// The page with these texts.
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
