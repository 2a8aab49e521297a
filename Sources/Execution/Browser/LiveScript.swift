internal import Foundation

/// A script that brings the program of a lesson's live cells to its page, from a folder as well as from a server.
///
/// It calls a function of the page with the program's key, the module, and the key of the kernels that the module calls:
/// `self.unrollLive?.("KEY","MODULE","KERNELS")`. A script of kernels says `self.unrollKernels?.("KERNELS-BUILD","MODULE")`.
/// Modules are compressed by gzip, and written in base64.
package struct LiveScript: Sendable, Hashable {
    /// The key of the program, which the page has, too.
    package let key: String
    /// The key of the kernels, by which their scripts are named.
    package let kernels: String
    /// The script.
    package let bytes: [UInt8]

    /// The builds of the kernels, the quickest first.
    package static let builds = ["relaxed", "simd", "scalar"]

    private static let opening = "self.unrollLive?.("

    /// Writes the script of a compressed module.
    static func write(_ module: Data, key: String, kernels: String) -> LiveScript {
        let texts = [key, module.base64EncodedString(), kernels].map { "\"\($0)\"" }.joined(separator: ",")
        return LiveScript(key: key, kernels: kernels, bytes: Array("\(opening)\(texts))\n".utf8))
    }

    /// Writes the script of a compressed module of kernels.
    static func write(_ module: Data, kernels: String, build: String) -> [UInt8] {
        Array("self.unrollKernels?.(\"\(kernels)-\(build)\",\"\(module.base64EncodedString())\")\n".utf8)
    }

    /// Reads the keys of a script; `nil` if it is none.
    package static func read(_ bytes: [UInt8]) -> LiveScript? {
        let quote = UInt8(ascii: "\"")
        let parts = bytes.split(separator: quote, omittingEmptySubsequences: false)
        guard parts.count == 7, parts[0].elementsEqual(opening.utf8), parts[6].elementsEqual(")\n".utf8),
            parts[2].elementsEqual(",".utf8), parts[4].elementsEqual(",".utf8)
        else { return nil }
        let (key, kernels) = (
            String(decoding: parts[1], as: UTF8.self), String(decoding: parts[5], as: UTF8.self)
        )
        let digits = Set("0123456789abcdef")
        guard [key, kernels].allSatisfy({ !$0.isEmpty && $0.allSatisfy(digits.contains) }) else { return nil }
        return LiveScript(key: key, kernels: kernels, bytes: bytes)
    }

    /// The path in a site of the script of a build of the kernels.
    package func path(ofKernels build: String) -> String { "live/kernels-\(kernels)-\(build).js" }

    /// The paths in a site of the scripts of all builds of the kernels.
    package var kernelPaths: [String] { LiveScript.builds.map(path) }
}
