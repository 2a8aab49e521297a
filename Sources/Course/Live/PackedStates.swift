internal import Execution
internal import Foundation
internal import Lessons
internal import Pages
internal import Serialization

/// A script with the states of a live cell, compressed: states differ little from one another.
///
/// The digest of what was compressed stands before it. A script whose digest is that of the states as they are now stays as
/// it is on the site, whatever version of gzip made it.
struct PackedStates {
    /// The call of the page with the name, up to the list.
    private let opening: Substring
    /// The list of the states, as JSON.
    private let list: Substring

    /// Reads a script that pages made; `nil` for any other file.
    init?(_ file: SiteFile) {
        guard file.path.hasPrefix(LiveScripts.folder), file.contents.starts(with: "self.unrollStates?.(".utf8)
        else { return nil }
        let text = String(decoding: file.contents, as: UTF8.self)
        guard let start = text.firstRange(of: "\", [")?.lowerBound, let end = text.lastIndex(of: "]") else {
            return nil
        }
        opening = text[...start]
        list = text[text.index(start, offsetBy: 3)...end]
    }

    /// Returns the script, compressed: the one on the site, if it is of the same states.
    ///
    /// - Parameters:
    ///   - present: The script on the site.
    ///   - isSure: Whether the script on the site is to be unpacked and compared.
    func script(replacing present: [UInt8]?, isSure: Bool) async throws -> [UInt8] {
        let beginning = "\(opening),\"\(Digest(of: String(list)).text.prefix(16))\",\""
        if let present, present.starts(with: beginning.utf8) {
            if !isSure { return present }
            let base64 = String(decoding: present.dropFirst(beginning.utf8.count).dropLast(3), as: UTF8.self)
            let packed = Data(base64Encoded: base64)
            let unpacked = if let packed { try? await Gzip.decompress(packed) } else { Data?.none }
            if unpacked?.elementsEqual(list.utf8) == true, present.suffix(3).elementsEqual("\")\n".utf8) {
                return present
            }
        }
        let packed = try await Gzip.compress(Data(list.utf8))
        return Array("\(beginning)\(packed.base64EncodedString())\")\n".utf8)
    }
}
