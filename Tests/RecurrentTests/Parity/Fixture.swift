internal import Foundation
import Testing

/// One file of numbers that PyTorch computed.
///
/// The files are those in `Fixtures/pytorch`, or in the folder that the environment variable `UNROLL_FIXTURES` names.
struct Fixture: Sendable, CustomTestStringConvertible {
    let name: String
    let content: Recorded

    var testDescription: String { name }

    /// The contents of a file: `rng`, `layers`, `losses`, `optim`, `sched`, or the number of a tutorial.
    var kind: String {
        (content["fixture"] ?? content["tutorial"])?.text ?? name
    }

    static let folder: URL = {
        if let named = ProcessInfo.processInfo.environment["UNROLL_FIXTURES"] {
            return URL(filePath: named)
        }
        return URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Fixtures/pytorch")
    }()

    /// All fixtures, by name.
    static let all: [Fixture] = {
        do {
            let files = try FileManager.default.contentsOfDirectory(
                at: folder,
                includingPropertiesForKeys: nil
            )
            return try files.filter { $0.pathExtension == "json" }
                .sorted { $0.lastPathComponent < $1.lastPathComponent }
                .map { file in
                    Fixture(
                        name: file.deletingPathExtension().lastPathComponent,
                        content: try JSONDecoder().decode(Recorded.self, from: Data(contentsOf: file))
                    )
                }
        } catch {
            fatalError("cannot read the fixtures in \(folder.path(percentEncoded: false)): \(error)")
        }
    }()

    static func all(_ kind: String) -> [Fixture] {
        all.filter { $0.kind == kind }
    }

    /// The cases of all fixtures of a kind, from the list under `key`.
    static func cases(_ kind: String, in key: String = "cases") -> [Case] {
        all(kind).flatMap { fixture in
            (fixture.content[key]?.list ?? []).map { Case(fixture: fixture.name, content: $0) }
        }
    }
}

/// One of the many cases in a file.
struct Case: Sendable, CustomTestStringConvertible {
    let fixture: String
    let content: Recorded

    var id: String { content["id"]?.text ?? "" }
    var kind: String { content["kind"]?.text ?? "" }
    var testDescription: String { "\(fixture)/\(id)" }

    subscript(key: String) -> Recorded { content.at(key) }
}

/// A recorded value: JSON, with the fixtures' way to write tensors and non-finite numbers.
enum Recorded: Decodable, Sendable, CustomTestStringConvertible {
    case null
    case bool(Bool)
    case number(Double)
    case integer(Int)
    case text(String)
    case list([Recorded])
    case object([String: Recorded])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        // Numbers are by far the most frequent.
        if let number = try? container.decode(Double.self) {
            // From 2⁵³ on doubles skip integers.
            let integer = abs(number) >= 0x1p53 ? try? container.decode(Int.self) : nil
            self = integer.map(Recorded.integer) ?? .number(number)
        } else if let list = try? container.decode([Recorded].self) {
            self = .list(list)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let bool = try? container.decode(Bool.self) {
            self = .bool(bool)
        } else if container.decodeNil() {
            self = .null
        } else {
            self = .object(try container.decode([String: Recorded].self))
        }
    }

    /// The name of a test's arguments in its report.
    var testDescription: String {
        if case .object(let object) = self { "seed \(object["seed"]?.int ?? 0)" } else { text ?? "recorded" }
    }

    var text: String? {
        if case .text(let text) = self { text } else { nil }
    }

    var bool: Bool? {
        if case .bool(let bool) = self { bool } else { nil }
    }

    var list: [Recorded]? {
        if case .list(let list) = self { list } else { nil }
    }

    var keys: [String] {
        if case .object(let object) = self { object.keys.sorted() } else { [] }
    }

    /// The value under a key, nil if it is not there or null.
    subscript(key: String) -> Recorded? {
        guard case .object(let object) = self, let found = object[key] else { return nil }
        if case .null = found { return nil }
        return found
    }

    /// The value under a key that has to be there.
    func at(_ key: String) -> Recorded {
        guard let found = self[key] else { fatalError("no \(key) among \(keys)") }
        return found
    }

    /// A number, or one of the three that JSON cannot write.
    var number: Double? {
        switch self {
        case .number(let number): number
        case .integer(let integer): Double(integer)
        case .text("NaN"): .nan
        case .text("Infinity"): .infinity
        case .text("-Infinity"): -.infinity
        default: nil
        }
    }

    var int: Int? {
        if case .integer(let integer) = self { integer } else { number.flatMap(Int.init(exactly:)) }
    }

    var shape: [Int] { self["shape"]?.list?.compactMap(\.int) ?? [] }
    var doubles: [Double] { (self["data"] ?? self).list?.compactMap(\.number) ?? [] }
    var floats: [Float] { doubles.map(Float.init) }
    var ints: [Int] { (self["data"] ?? self).list?.compactMap(\.int) ?? [] }
}
