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
        let bytes = try Safetensors(tensors, metadata: [("format", "pt")]).bytes
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

    @Test func `the bytes are those of the format`() throws {
        let bytes = try Safetensors([NamedTensor("w", Tensor([1, -2]))]).bytes
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

    @Test func `whole numbers are read exactly, and truth values as 0 and 1`() throws {
        var (header, offset) = ("{", 0)
        let types = [
            ("I64", 8), ("I32", 4), ("I16", 2), ("I8", 1), ("U32", 4), ("U16", 2), ("U8", 1), ("BOOL", 1),
        ]
        for (type, size) in types {
            let offsets = "\(offset),\(offset + 3 * size)"
            header += #""\#(type)":{"dtype":"\#(type)","shape":[3],"data_offsets":[\#(offsets)]},"#
            offset += 3 * size
        }
        var bytes = file(header.dropLast() + "}")
        // In each format one, then the smallest of those with a sign, then all bits set.
        for (type, size) in types {
            bytes += [1] + [UInt8](repeating: 0, count: size - 1)
            bytes += [UInt8](repeating: 0, count: size - 1) + [type == "BOOL" ? 0 : 0x80]
            bytes += [UInt8](repeating: type == "BOOL" ? 1 : 0xff, count: size)
        }
        let read = try Safetensors(bytes: bytes)
        #expect(read.tensors.isEmpty && read.integers.map(\.name) == types.map(\.0))
        #expect(read.integers(named: "I64") == IntTensor([1, .min, -1]))
        #expect(read.integers(named: "I32") == IntTensor([1, Int(Int32.min), -1]))
        #expect(read.integers(named: "I16") == IntTensor([1, -0x8000, -1]))
        #expect(read.integers(named: "I8") == IntTensor([1, -0x80, -1]))
        #expect(read.integers(named: "U32") == IntTensor([1, 0x8000_0000, 0xffff_ffff]))
        #expect(read.integers(named: "U16") == IntTensor([1, 0x8000, 0xffff]))
        #expect(read.integers(named: "U8") == IntTensor([1, 0x80, 0xff]))
        #expect(read.integers(named: "BOOL") == IntTensor([1, 0, 1]))
        #expect(read["I64"] == nil && read.integers(named: "I") == nil)
        // Written, they are all as wide as an Int.
        #expect(try Safetensors(bytes: read.bytes).integers == read.integers)
    }

    @Test func `a file is read without a model, and prints its names and shapes`() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).safetensors").path(
            percentEncoded: false
        )
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Safetensors(
            [NamedTensor("embedding.weight", Tensor([[1, 2]])), NamedTensor("b", Tensor(3))],
            integers: [NamedIntegers("ids", IntTensor([4, 5]))]
        ).save(to: path)
        let file = try Safetensors(path: path)
        #expect(file["embedding.weight"]?.scalars == [1, 2] && file["b"]?.item == 3)
        let expected = """
            3 tensors
            embedding.weight  [1, 2]
            b                 []
            ids               [2]  whole numbers
            """
        #expect("\(file)" == expected)
    }

    @Test func `a file that is cut off anywhere is an error`() throws {
        let bytes = try Safetensors([NamedTensor("w", Tensor([1, 2, 3]))]).bytes
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

    @Test func `axes of any length beside an empty one are read or are an error`() throws {
        func read(_ shape: String) -> [Int]? {
            let header = #"{"a":{"dtype":"F32","shape":["# + shape + #"],"data_offsets":[0,0]}}"#
            return try? Safetensors(bytes: file(header))["a"]?.shape
        }
        #expect(read("0,3") == [0, 3])
        #expect(read("1000000,0,1000000") == [1_000_000, 0, 1_000_000])
        #expect(read("0") == [0])
        for shape in [
            "9223372036854775807,0", "0,9223372036854775807", "0,4611686018427387904",
            "4294967296,0,4294967296",
        ] {
            let header = #"{"a":{"dtype":"F64","shape":["# + shape + #"],"data_offsets":[0,0]}}"#
            let lengths = shape.split(separator: ",").map { Int($0)! }
            #expect(failure(file(header)) == .shapeTooLarge(lengths, of: "a"))
        }
    }

    @Test func `names are the format's, byte by byte`() throws {
        let (composed, decomposed) = ("caf\u{e9}", "cafe\u{301}")
        let tensors = [NamedTensor(composed, Tensor([1])), NamedTensor(decomposed, Tensor([2]))]
        let read = try Safetensors(bytes: Safetensors(tensors).bytes)
        #expect(read.tensors.count == 2)
        #expect(read[composed]?.scalars == [1] && read[decomposed]?.scalars == [2])
        // To a model they are two names, too.
        let model = Sequential(Linear(inputSize: 1, outputSize: 1, bias: false))
        let file = try Safetensors([
            NamedTensor("0.weight", Tensor([[1]])), NamedTensor("0.weight\u{301}", Tensor([[1]])),
        ]).bytes
        #expect(throws: SafetensorsError.unexpected(["0.weight\u{301}"])) {
            try model.loadParameters(bytes: file)
        }
    }

    @Test func `what could not be read is not written`() throws {
        let a = NamedTensor("a", Tensor([1]))
        #expect(throws: SafetensorsError.duplicateName("a")) { try Safetensors([a, a]).bytes }
        #expect(throws: SafetensorsError.reservedName("__metadata__")) {
            try Safetensors([a, NamedTensor("__metadata__", Tensor([1]))]).bytes
        }
        #expect(throws: SafetensorsError.duplicateName("k")) {
            try Safetensors([a], metadata: [("k", "1"), ("k", "2")]).bytes
        }
        struct Twice: Layer {
            let weight = Tensor([1]).requiringGradient()
            let _weight = Tensor([2]).requiringGradient()
        }
        #expect(throws: SafetensorsError.duplicateName("weight")) { try Twice().parameterBytes }
    }

    @Test func `what the format has and we do not use is passed over`() throws {
        let values = [
            "null", "true", "-0", "1e999", "-12.5E-3", #""text \" \u00e9""#, "[]", "{}", "[[],{}]",
            "[1,[2,[3]]]",
            #"{"a":{"b":[{"c":null}]},"d":[1,2]}"#,
            String(repeating: "[", count: 128) + String(repeating: "]", count: 128),
        ]
        for value in values {
            for field in [#""x":\#(value),"dtype":"F32""#, #""dtype":"F32" , "x" : \#(value) "#] {
                let header = #"{"__metadata__":null,"a":{"# + field + #","shape":[1],"data_offsets":[0,4]}}"#
                #expect(try Safetensors(bytes: file(header, numbers: 4))["a"]?.scalars == [0], "\(value)")
            }
        }
        let broken = [
            "", "nul", "tru", "-", "1.", "1e", ".5", "[1,]", "[,1]", "{1:2}", #"{"a"}"#, #"{"a":1,}"#, "[1",
            #"{"a":[1}"#, "]",
            String(repeating: "[", count: 130) + String(repeating: "]", count: 130),
            String(repeating: "[", count: 1_000_000), String(repeating: #"{"a":"#, count: 100_000),
        ]
        for value in broken {
            let header = #"{"a":{"x":"# + value + #","dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#
            #expect(failure(file(header, numbers: 4)) != nil, "\(value.prefix(20))")
        }
        for twice in [#""dtype":"F32""#, #""shape":[1]"#, #""data_offsets":[0,4]"#] {
            let header = #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"# + twice + "}}"
            #expect(failure(file(header, numbers: 4)) != nil, "\(twice)")
        }
        #expect(failure(file(#"{"__metadata__":{"epoch":3}}"#)) != nil)
    }

    /// Files that were good and have been spoiled at random. Whatever is in them, they are read or throw; a trap would end
    /// the test's process.
    @Test func `any bytes are read or throw`() throws {
        var random = MersenneTwister(seed: 13)
        let good = try [
            Safetensors(
                [NamedTensor("w", Tensor([1, 2])), NamedTensor("e", Tensor.zeros([0, 3]))],
                metadata: [("k", "v")]
            )
            .bytes,
            file(
                #"{"__metadata__":null,"h":{"dtype":"F16","shape":[2,2],"data_offsets":[0,8],"x":[{"y":1e9}]},"#
                    + #""d":{"dtype":"F64","shape":[],"data_offsets":[8,16]}}"#,
                numbers: 16
            ),
        ]
        let pieces = [
            "9223372036854775807", "18446744073709551616", "-1", "1e999", "0", "[", "]", "{", "}", ",", ":",
            "null",
            #""shape""#, #""dtype":"BF16""#, #""data_offsets":[0,0]"#, #""__metadata__""#, #"\ud83d"#,
            "\u{0}", "\u{301}", "\"",
        ].map { Array($0.utf8) }
        var readable = 0
        for turn in 0..<20_000 {
            var bytes = good[turn % good.count]
            // The length, which stands in front, is spoiled now and then; else it follows what happens to the header.
            let length = Int(bytes[0]) + Int(bytes[1]) << 8
            var header = Array(bytes[8..<8 + length])
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: 0...header.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: header.insert(contentsOf: pieces.randomElement(using: &random)!, at: place)
                case 1:
                    header.removeSubrange(
                        place..<min(header.count, place + Int.random(in: 0..<8, using: &random))
                    )
                case 2 where place < header.count: header[place] = UInt8.random(in: 0...255, using: &random)
                default:
                    let end = min(header.count, place + Int.random(in: 0..<20, using: &random))
                    header.insert(
                        contentsOf: header[place..<end],
                        at: Int.random(in: 0...header.count, using: &random)
                    )
                }
            }
            let size =
                Int.random(in: 0..<20, using: &random) == 0
                ? Int.random(in: 0...1 << 40, using: &random) : header.count
            bytes =
                (0..<8).map { UInt8(truncatingIfNeeded: size >> (8 * $0)) } + header + bytes[(8 + length)...]
            if Int.random(in: 0..<10, using: &random) == 0 {
                bytes.removeLast(Int.random(in: 0...bytes.count, using: &random))
            }
            if failure(bytes) == nil { readable += 1 }
        }
        // The spoiling is gentle enough that some files still are what they should be.
        #expect(readable > 100 && readable < 10_000, "\(readable) of 20,000")
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
        let unknown = file(#"{"a":{"dtype":"F8_E4M3","shape":[1],"data_offsets":[0,1]}}"#, numbers: 1)
        #expect(failure(unknown) == .unsupportedType("F8_E4M3", of: "a"))
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
        #expect(target.weight.scalars == before)
    }
}
