/// The target of a link, and what may be done with it.
package struct LinkTarget: Sendable, Hashable {
    /// The target as it was written.
    package var text: String

    /// Takes a target as it was written.
    package init(_ text: String) {
        self.text = text
    }

    /// The scheme in lower case, as a browser would find it: blanks and control characters before it, and tabs
    /// and line ends anywhere in it, do not count. `nil` for a relative target.
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
