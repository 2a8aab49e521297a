internal import Execution
internal import Foundation
internal import Pages
internal import Serialization

/// A script with the states of a live cell, compressed: states differ little from one another.
///
/// The digest of what was compressed stands before it. A script whose digest is that of the states as they are now stays as
/// it is on the site, whatever version of gzip made it.
struct PackedStates {
    /// The states.
    let states: LiveStates

    /// Returns the script: the one on the site, if it is of the same states.
    ///
    /// - Parameters:
    ///   - present: The script on the site.
    ///   - isSure: Whether the script on the site is to be unpacked and compared.
    func script(replacing present: [UInt8]?, isSure: Bool) async throws -> [UInt8] {
        let name = JSON.string(states.name).compact
        let digest = Digest(of: states.list).text.prefix(16)
        let (opening, end) = ("self.unrollStates?.(\(name),\"\(digest)\",\"", "\")\n")
        if let present, present.starts(with: opening.utf8),
            present.suffix(end.utf8.count).elementsEqual(end.utf8)
        {
            if !isSure { return present }
            let base64 = present.dropFirst(opening.utf8.count).dropLast(end.utf8.count)
            if let packed = Data(base64Encoded: Data(base64)),
                let list = try? await Gzip.decompress(packed), list.elementsEqual(states.list.utf8)
            {
                return present
            }
        }
        let packed = try await Gzip.compress(Data(states.list.utf8))
        return Array((opening + packed.base64EncodedString() + end).utf8)
    }
}
