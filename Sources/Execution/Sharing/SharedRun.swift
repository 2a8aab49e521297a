internal import Foundation
internal import Lessons
internal import Records
internal import Serialization

/// The part of a run that other machines share: a function of its key, and so the same wherever it was made.
struct SharedRun: Equatable {
    /// The record.
    let record: RunRecord
    /// The values of built cells.
    let values: ShippedValues

    /// The version of what is written.
    private static let format = 1

    /// The name of the run of a lesson in shared caches.
    static func name(of lesson: String, _ key: RunKey) -> Digest {
        Digest(of: "unroll run \(format)\n\(lesson)\n\(key.digest.text)")
    }

    /// The run as it is written, under its key.
    func bytes(for key: RunKey) -> [UInt8] {
        let json: JSON = [
            "format": .integer(SharedRun.format),
            "key": .string(key.digest.text),
            "record": record.json,
            "values": .string(Data(values.bytes).base64EncodedString()),
        ]
        return Array(json.compact.utf8)
    }

    /// Keeps what is shared of a run.
    init(_ record: RunRecord, _ values: ShippedValues) {
        self.record = record
        self.values = values
    }

    /// The reason why something is no run of a lesson under a key.
    struct Refusal: Error, Equatable {
        var reason: String

        init(_ reason: String) {
            self.reason = reason
        }
    }

    /// Reads a run.
    ///
    /// - Parameters:
    ///   - bytes: What a cache holds.
    ///   - lesson: The lesson that it is to be of.
    ///   - key: The key that it is to have.
    init(reading bytes: [UInt8], of lesson: Lesson, with key: RunKey) throws(Refusal) {
        guard let json = try? JSON(parsing: bytes) else {
            throw Refusal("it is no JSON, but begins with \(SharedRun.beginning(of: bytes))")
        }
        guard json["format"]?.integer == SharedRun.format,
            let record = json["record"].flatMap(RunRecord.init(json:)),
            let text = json["values"]?.string, let data = Data(base64Encoded: text),
            let values = ShippedValues(bytes: Array(data))
        else { throw Refusal("it is not written as runs are") }
        guard json["key"]?.string == key.digest.text else { throw Refusal("it was made for another key") }
        if let mismatch = record.mismatch(with: lesson) { throw Refusal(mismatch) }
        self.init(record, values)
        guard self.bytes(for: key) == bytes else { throw Refusal("it is not written as runs are") }
    }

    /// The first characters of something, as a message can show them.
    private static func beginning(of bytes: [UInt8]) -> String {
        guard !bytes.isEmpty else { return "nothing" }
        let text = String(decoding: bytes.prefix(24), as: UTF8.self)
        let plain = text.unicodeScalars.map {
            $0.isASCII && $0.value >= 0x20 && $0.value < 0x7F ? Character($0) : "·"
        }
        return "'\(String(plain))'"
    }
}

extension RunRecord {
    /// The reason why the record is none of a lesson; `nil` if it may be one.
    func mismatch(with lesson: Lesson) -> String? {
        let isOfLesson =
            self.lesson == lesson.slug && cells.map { $0.name } == lesson.cells.map { $0.name }
            && expressions.count == lesson.expressions.count
        return isOfLesson ? nil : "its cells are not those of the lesson"
    }
}
