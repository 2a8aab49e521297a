internal import Foundation
package import Lessons

/// The target of a link.
package struct LinkTarget: Sendable, Equatable {
    /// The target as it was written.
    package var text: String

    /// Makes the target of its text.
    package init(_ text: String) {
        self.text = text
    }

    /// The scheme in lower case, found as browsers do: blanks and control characters before it, and tabs and line ends
    /// anywhere in it, do not count. `nil` for a relative target.
    package var scheme: String? {
        var scheme = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                continue
            case 0...32 where scheme.isEmpty:
                continue
            case UInt8(ascii: ":"):
                return scheme.isEmpty ? nil : scheme.lowercased()
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"):
                scheme.unicodeScalars.append(Unicode.Scalar(byte))
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
                UInt8(ascii: "."):
                guard !scheme.isEmpty else { return nil }
                scheme.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                return nil
            }
        }
        return nil
    }

    /// The target, percent-decoded; `nil` if its escapes are no text.
    package var unescaped: String? {
        text.removingPercentEncoding
    }

    /// The path, percent-decoded: the part before `?` and `#`; `nil` if its escapes are no text.
    package var path: String? {
        String(text.prefix { $0 != "#" && $0 != "?" }).removingPercentEncoding
    }

    /// The path in the site that it leads to from a page, as a file of the site or of the lessons; `nil` if it leads out of
    /// the site, or its escapes are no text.
    package func path(from page: String) -> String? {
        path.flatMap { $0.isEmpty ? page : RelativePath.resolved($0, from: page) }
    }

    /// The fragment, percent-decoded: the part after `#`; `nil` without one.
    package var fragment: String? {
        guard let mark = text.firstIndex(of: "#") else { return nil }
        let fragment = String(text[text.index(after: mark)...])
        return fragment.removingPercentEncoding ?? fragment
    }

    /// The target with a lesson's file `../05-sine-wave.md` as its page `../05-sine-wave.html`.
    package var addressInSite: String {
        let path = text.prefix { $0 != "#" && $0 != "?" }
        guard scheme == nil, path.hasSuffix(".md") else { return text }
        return path.dropLast(3) + ".html" + text[path.endIndex...]
    }

    /// Whether the target could run code or reach into the reader's machine. As in libcmark, raster images
    /// may stand in a `data:` address.
    package var isDangerous: Bool {
        switch scheme {
        case "javascript", "vbscript", "file": true
        case "data":
            !["image/png", "image/gif", "image/jpeg", "image/webp"].contains {
                text.lowercased().hasPrefix("data:\($0)")
            }
        default: false
        }
    }
}

/// A link or an image of a lesson, with its location.
package struct LinkUse: Sendable, Equatable {
    /// The kind of a target.
    package enum Kind: Sendable, Equatable {
        case link
        case image
    }

    /// The target as it was written.
    package var target: String
    /// The kind of the target.
    package var kind: Kind
    /// The location in the lesson.
    package var location: SourceLocation
    /// Whether it is a link without text, to a target without title.
    package var isBare = false
}
