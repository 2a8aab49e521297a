internal import Foundation

/// Compares a text with the one recorded beside the test, in its folder `Goldens`.
///
/// A golden that is missing fails; it is then recorded, unless `CI` is set. One that differs fails, and the text
/// is written beside it as `name.actual.ext`. To take a new output, move it over the old one.
///
/// - Throws: `GoldenFailure` with the first lines that differ.
package func expectGolden(_ name: String, _ actual: String, filePath: String = #filePath) throws {
    let folder = URL(filePath: filePath).deletingLastPathComponent().appending(path: "Goldens")
    let golden = folder.appending(path: name)
    let ending = golden.pathExtension
    let rejected = golden.deletingPathExtension().appendingPathExtension("actual").appendingPathExtension(
        ending
    )

    guard let data = try? Data(contentsOf: golden) else {
        if ProcessInfo.processInfo.environment["CI"] == nil {
            try FileManager.default.createDirectory(
                at: golden.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(actual.utf8).write(to: golden)
        }
        throw GoldenFailure(message: "\(name) has no golden; read what was recorded, then run again")
    }
    let expected = String(decoding: data, as: UTF8.self)
    guard expected != actual else {
        try? FileManager.default.removeItem(at: rejected)
        return
    }
    try Data(actual.utf8).write(to: rejected)
    throw GoldenFailure(
        message: "\(name) differs; see \(rejected.lastPathComponent)\n\(difference(expected, actual))"
    )
}

/// A text that is not as recorded.
package struct GoldenFailure: Error, CustomStringConvertible {
    package var message: String
    package var description: String { message }
}

/// The first lines that differ, `-` as recorded and `+` as they are.
private func difference(_ expected: String, _ actual: String) -> String {
    let old = expected.split(separator: "\n", omittingEmptySubsequences: false)
    let new = actual.split(separator: "\n", omittingEmptySubsequences: false)
    let change = new.difference(from: old)
    return change.sorted { place($0) < place($1) }.prefix(20).map { step in
        switch step {
        case .remove(let offset, let line, _): "-\(offset + 1): \(line)"
        case .insert(let offset, let line, _): "+\(offset + 1): \(line)"
        }
    }.joined(separator: "\n")
}

private func place(_ change: CollectionDifference<Substring>.Change) -> (Int, Int) {
    switch change {
    case .remove(let offset, _, _): (offset, 0)
    case .insert(let offset, _, _): (offset, 1)
    }
}
