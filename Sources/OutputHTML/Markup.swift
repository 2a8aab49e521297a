/// Markup written as a literal in our sources: its literal parts stand as they are, and values that are filled in are
/// escaped.
///
/// None can be made of a text that is first known when the program runs, so that nothing which comes from a lesson or a
/// run can stand in a page as it is.
package struct Markup: Sendable, ExpressibleByStringInterpolation {
    fileprivate enum Content: Sendable {
        case literal(StaticString)
        case filled([UInt8])
    }

    fileprivate let content: Content

    /// The markup as text, for templates.
    package var string: String {
        var bytes: [UInt8] = []
        bytes.append(self)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Takes a literal.
    package init(stringLiteral literal: StaticString) {
        content = .literal(literal)
    }

    /// Takes a literal with its parts filled in.
    package init(stringInterpolation parts: StringInterpolation) {
        content = .filled(parts.html.bytes)
    }

    /// A literal while its parts are filled in.
    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var html = HTMLBuffer()

        /// Begins without parts.
        package init(literalCapacity: Int, interpolationCount: Int) {}

        /// Takes a literal part.
        package mutating func appendLiteral(_ literal: StaticString) {
            html.markup(Markup(stringLiteral: literal))
        }

        /// Takes a text, which is escaped.
        package mutating func appendInterpolation(_ text: String) {
            html.text(text)
        }

        /// Takes a number.
        package mutating func appendInterpolation(_ number: Int) {
            html.text(String(number))
        }

        /// Takes markup.
        package mutating func appendInterpolation(_ markup: Markup) {
            html.markup(markup)
        }

        /// Takes the content of a buffer.
        package mutating func appendInterpolation(_ other: HTMLBuffer) {
            html.append(other)
        }
    }
}

extension [UInt8] {
    /// Adds markup.
    mutating func append(_ markup: Markup) {
        switch markup.content {
        case .literal(let literal): literal.withUTF8Buffer { append(contentsOf: $0) }
        case .filled(let bytes): append(contentsOf: bytes)
        }
    }
}
