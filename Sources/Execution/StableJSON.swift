package import Foundation

extension JSONEncoder {
    /// An encoder whose text is the same for equal values, and that people can read and compare line by line.
    package static var stable: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return encoder
    }
}
