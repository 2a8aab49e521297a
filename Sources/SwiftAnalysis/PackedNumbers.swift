internal import Foundation

/// Numbers as bytes for a cache: there are so many that lists of them would take long to read.
package struct PackedNumbers: Sendable, Codable {
    private let bytes: Data

    /// Packs numbers of at most 32 bits.
    package init(_ numbers: [Int]) {
        bytes = numbers.map { Int32($0).littleEndian }.withUnsafeBytes { Data($0) }
    }

    /// The numbers.
    package var numbers: [Int] {
        bytes.withUnsafeBytes { bytes in
            stride(from: 0, to: bytes.count - 3, by: 4).map {
                Int(Int32(littleEndian: bytes.loadUnaligned(fromByteOffset: $0, as: Int32.self)))
            }
        }
    }

    /// Packs ranges.
    init(_ ranges: [Range<Int>]) { self.init(ranges.flatMap { [$0.lowerBound, $0.upperBound] }) }

    /// The numbers as ranges.
    var ranges: [Range<Int>] {
        let numbers = numbers
        return stride(from: 1, to: numbers.count, by: 2).map {
            numbers[$0 - 1]..<max(numbers[$0 - 1], numbers[$0])
        }
    }

    /// Writes the bytes.
    package func encode(to encoder: any Encoder) throws {
        var value = encoder.singleValueContainer()
        try value.encode(bytes)
    }

    /// Reads them back.
    package init(from decoder: any Decoder) throws {
        bytes = try decoder.singleValueContainer().decode(Data.self)
    }
}
