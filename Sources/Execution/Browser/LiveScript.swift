internal import Foundation
package import Records

/// A script that brings the program of a lesson's live cells to its page, from a folder as well as from a server.
///
/// It calls a function of the page with the program's key, the module, and the key of the kernels that the module calls:
/// `self.unrollLive?.("KEY","MODULE","KERNELS")`, with the values of built cells behind, if there are such. A script of
/// kernels says `self.unrollKernels?.("KERNELS-BUILD","MODULE")`. Modules and values are compressed by gzip, and written in
/// base64.
package struct LiveScript: Sendable, Hashable {
    /// The key of the program, which the page has, too.
    package let key: String
    /// The key of the kernels, by which their scripts are named.
    package let kernels: String
    /// The values of built cells, compressed and in base64; empty without such.
    private let values: String
    /// The script.
    package let bytes: [UInt8]

    /// The builds of the kernels, the quickest first.
    package static let builds = ["relaxed", "simd", "scalar"]

    private static let opening = "self.unrollLive?.("

    /// Writes the script of a compressed module, with compressed values, if there are some.
    static func write(_ module: Data, key: String, kernels: String, values: Data?) -> LiveScript {
        let packed = values?.base64EncodedString() ?? ""
        let parts = [key, module.base64EncodedString(), kernels] + (packed.isEmpty ? [] : [packed])
        let texts = parts.map { "\"\($0)\"" }.joined(separator: ",")
        return LiveScript(
            key: key,
            kernels: kernels,
            values: packed,
            bytes: Array("\(opening)\(texts))\n".utf8)
        )
    }

    /// The values of built cells that it holds; `nil` if it holds none.
    package func readValues() async -> ShippedValues? {
        guard let packed = Data(base64Encoded: values), !packed.isEmpty,
            let bytes = try? await Gzip.decompress(packed)
        else { return nil }
        return ShippedValues(bytes: Array(bytes))
    }

    /// Writes the script of a compressed module of kernels.
    static func write(_ module: Data, kernels: String, build: String) -> [UInt8] {
        Array("self.unrollKernels?.(\"\(kernels)-\(build)\",\"\(module.base64EncodedString())\")\n".utf8)
    }

    /// Reads the keys of a script, which stand at its ends; `nil` if it is none. What lies between is long, and not looked
    /// at.
    package static func read(_ bytes: [UInt8]) -> LiveScript? {
        let start = opening.utf8.count + 1
        guard bytes.count > start + keyLength, bytes.starts(with: "\(opening)\"".utf8),
            bytes.suffix(3).elementsEqual("\")\n".utf8),
            let key = key(in: bytes[start..<start + keyLength])
        else { return nil }
        var rest = bytes[(start + keyLength)...].dropLast(3)
        func lastText() -> ArraySlice<UInt8>? {
            let quote = UInt8(ascii: "\"")
            guard let open = rest.lastIndex(of: quote) else { return nil }
            let text = rest[(open + 1)...]
            rest = rest[..<open]
            guard rest.suffix(2).elementsEqual("\",".utf8) else { return nil }
            rest = rest.dropLast(2)
            return text
        }
        guard let last = lastText() else { return nil }
        if let kernels = self.key(in: last) {
            return LiveScript(key: key, kernels: kernels, values: "", bytes: bytes)
        }
        guard let kernels = lastText().flatMap(self.key) else { return nil }
        return LiveScript(
            key: key,
            kernels: kernels,
            values: String(decoding: last, as: UTF8.self),
            bytes: bytes
        )
    }

    private static let keyLength = 16

    /// The key that some bytes are; `nil` if they are none.
    private static func key(in bytes: ArraySlice<UInt8>) -> String? {
        let digits = "0123456789abcdef".utf8
        guard bytes.count == keyLength, bytes.allSatisfy(digits.contains) else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The path in a site of the script of a build of the kernels.
    package func path(ofKernels build: String) -> String { "live/kernels-\(kernels)-\(build).js" }

    /// The paths in a site of the scripts of all builds of the kernels.
    package var kernelPaths: [String] { LiveScript.builds.map(path) }
}
