internal import Foundation
import Recurrent
import Testing

@Suite struct SafetensorsTests {
    private func file(_ header: String, numbers: Int = 0) -> [UInt8] {
        let text = Array(header.utf8)
        let length = (0..<8).map { UInt8(truncatingIfNeeded: text.count >> (8 * $0)) }
        return length + text + [UInt8](repeating: 0, count: numbers)
    }

    private func failure(_ bytes: [UInt8]) -> SafetensorsError? {
        do {
            _ = try Safetensors(bytes: bytes)
            return nil
        } catch {
            return error
        }
    }

    @Test func `what is written is read back to the bit`() throws {
        let numbers: [Float] = [0, -0.0, 1.5, .infinity, .leastNonzeroMagnitude, -3.4e38]
        let tensors = [
            NamedTensor("rnn.weight_ih_l0", Tensor(shape: [2, 3], scalars: numbers)),
            NamedTensor("odd \"name\" \\ \n é 𝄞", Tensor(shape: [], scalars: [7])),
            NamedTensor("empty", Tensor(shape: [0, 4], scalars: [])),
        ]
        let bytes = Safetensors(tensors, metadata: [("format", "pt")]).bytes
        #expect((bytes.count - 28) % 8 == 0)
        let read = try Safetensors(bytes: bytes)
        for (ours, theirs) in zip(tensors, read.tensors.sorted { a, _ in a.name.hasPrefix("rnn") }) {
            #expect(read[ours.name]?.shape == ours.tensor.shape)
            #expect(read[ours.name]?.scalars.map(\.bitPattern) == ours.tensor.scalars.map(\.bitPattern))
            #expect(read[theirs.name] != nil)
        }
        #expect(read.metadata.map(\.key) == ["format"] && read.metadata.map(\.value) == ["pt"])
        #expect(try Safetensors(bytes: Safetensors([]).bytes).tensors.isEmpty)
    }

    @Test func `the bytes are those of the format`() {
        let bytes = Safetensors([NamedTensor("w", Tensor([1, -2]))]).bytes
        let header = #"{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#
        let padded = header + String(repeating: " ", count: (8 - header.utf8.count % 8) % 8)
        #expect(Array(bytes[8..<8 + padded.utf8.count]) == Array(padded.utf8))
        #expect(Array(bytes.suffix(8)) == [0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0])
    }

    @Test func `other number types are widened exactly`() throws {
        var bytes = file(
            #"{"h":{"dtype":"F16","shape":[4],"data_offsets":[0,8]},"b":{"dtype":"BF16","shape":[1],"data_offsets":[8,10]},"#
                + #""d":{"dtype":"F64","shape":[1],"data_offsets":[10,18]}}"#
        )
        // One and a half, minus the smallest half, infinity, the largest half; minus two; one half.
        bytes += [0x00, 0x3e, 0x01, 0x80, 0x00, 0x7c, 0xff, 0x7b, 0x00, 0xc0, 0, 0, 0, 0, 0, 0, 0xe0, 0x3f]
        let read = try Safetensors(bytes: bytes)
        #expect(read["h"]?.scalars == [1.5, -0x1p-24, .infinity, 65504])
        #expect(read["b"]?.scalars == [-2])
        #expect(read["d"]?.scalars == [0.5])
    }

    @Test func `a file that is cut off anywhere is an error`() {
        let bytes = Safetensors([NamedTensor("w", Tensor([1, 2, 3]))]).bytes
        for count in 0..<bytes.count { #expect(failure(Array(bytes[..<count])) != nil, "\(count) bytes") }
        #expect(failure([]) == .truncated(expected: 8, found: 0))
    }

    @Test func `hostile headers are errors of their own`() {
        let huge = [UInt8](repeating: 0xff, count: 16)
        #expect(failure(huge) == .headerTooLarge(.max))
        #expect(failure([0, 0, 0, 1, 0, 0, 0, 0]) == .truncated(expected: 16_777_224, found: 8))
        let nested = file(#"{"a":"# + String(repeating: "[", count: 100_000))
        #expect(failure(nested) == .malformedHeader(at: 5, expected: "{"))
        let wide = #"{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}}"#
        #expect(failure(file(wide)) == .shapeTooLarge([4_611_686_018_427_387_904, 4], of: "a"))
        let large = #"{"a":{"dtype":"F32","shape":[1000000000],"data_offsets":[0,4000000000]}}"#
        #expect(failure(file(large)) == .truncated(expected: 4_000_000_000, found: 0))
        let number = #"{"a":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,0]}}"#
        #expect(failure(file(number)) == .malformedHeader(at: 47, expected: "a smaller number"))
        let negative = #"{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}"#
        #expect(
            failure(file(negative, numbers: 4))
                == .malformedHeader(at: 29, expected: "a whole number that is not negative")
        )
    }

    @Test func `overlaps, gaps and sizes that do not fit are errors`() {
        let entry = { (name: String, begin: Int, end: Int) in
            "\"\(name)\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[\(begin),\(end)]}"
        }
        let pair = { (first: String, second: String) in self.file("{\(first),\(second)}", numbers: 8) }
        #expect(failure(pair(entry("a", 0, 4), entry("b", 4, 8))) == nil)
        #expect(failure(pair(entry("a", 0, 4), entry("b", 0, 4))) == .gapOrOverlap(at: 4, found: 0))
        #expect(failure(pair(entry("a", 0, 4), entry("b", 5, 9))) == .gapOrOverlap(at: 4, found: 5))
        #expect(failure(pair(entry("a", 0, 4), entry("a", 4, 8))) == .duplicateName("a"))
        #expect(
            failure(pair(entry("a", 0, 4), entry("b", 4, 7))) == .wrongSize(of: "b", expected: 4, found: 3)
        )
        #expect(
            failure(pair(entry("a", 0, 4), entry("b", 4, 2))) == .wrongSize(of: "b", expected: 4, found: 0)
        )
        #expect(failure(file("{\(entry("a", 0, 4))}", numbers: 8)) == .gapOrOverlap(at: 8, found: 4))
        let integers = file(#"{"a":{"dtype":"I64","shape":[1],"data_offsets":[0,8]}}"#, numbers: 8)
        #expect(failure(integers) == .unsupportedType("I64", of: "a"))
    }

    @Test func `a model takes over a file's weights or stays as it was`() throws {
        let source = Linear(inputSize: 3, outputSize: 2)
        let target = Linear(inputSize: 3, outputSize: 2)
        let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).safetensors").path(
            percentEncoded: false
        )
        defer { try? FileManager.default.removeItem(atPath: path) }
        try source.saveParameters(to: path)
        try target.loadParameters(from: path)
        #expect(target.weight.scalars == source.weight.scalars)

        let before = target.weight.scalars
        let wide = Linear(inputSize: 4, outputSize: 2)
        #expect(throws: SafetensorsError.wrongShape(of: "weight", expected: [2, 3], found: [2, 4])) {
            try target.loadParameters(bytes: wide.parameterBytes)
        }
        let bare = Linear(inputSize: 3, outputSize: 2, bias: false)
        #expect(throws: SafetensorsError.missing(["bias"])) {
            try target.loadParameters(bytes: bare.parameterBytes)
        }
        #expect(throws: SafetensorsError.unexpected(["bias"])) {
            try bare.loadParameters(bytes: source.parameterBytes)
        }
        #expect(throws: SafetensorsError.inaccessible(path: "/no/such/file")) {
            try target.loadParameters(from: "/no/such/file")
        }
        #expect(target.weight.scalars == before)
    }
}
