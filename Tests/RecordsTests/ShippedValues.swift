import Records
import Serialization
import Testing

@Suite("Shipped values") struct ShippedValuesTests {
    private let values = {
        var values = ShippedValues()
        values.add(.init("train.words", .byte, shape: [3], bytes: Array("a\u{E9}".utf8)))
        values.add(.init("train.losses", .float, shape: [2], bytes: [0, 0, 128, 63, 0, 0, 0, 64]))
        values.add(.init("a\"b", .bool, shape: [], bytes: [1]))
        return values
    }()

    @Test("are a block of safetensors, in the order of their names")
    func block() throws {
        let header =
            #"{"a\"b":{"dtype":"BOOL","shape":[],"data_offsets":[0,1]},"train.losses":{"dtype":"F32","shape":[2],"#
            + #""data_offsets":[1,9]},"train.words":{"dtype":"U8","shape":[3],"data_offsets":[9,12]}}"#
        let padded = header + String(repeating: " ", count: (8 - header.utf8.count % 8) % 8)
        let length = padded.utf8.count
        #expect(Array(values.bytes[..<8]) == [UInt8(length & 255), UInt8(length >> 8), 0, 0, 0, 0, 0, 0])
        #expect(String(decoding: values.bytes[8..<8 + length], as: UTF8.self) == padded)
        #expect(Array(values.bytes.suffix(3)) == Array("a\u{E9}".utf8))
        #expect(ShippedValues(bytes: values.bytes) == values)
        #expect(ShippedValues(bytes: ShippedValues().bytes) == ShippedValues())
        #expect(values["train.losses"]?.bits(1) == UInt64(Float(2).bitPattern))
        #expect(values["train"] == nil)
    }

    @Test("are not read from anything else")
    func broken() {
        let bytes = values.bytes
        for count in 0..<bytes.count { #expect(ShippedValues(bytes: Array(bytes[..<count])) == nil) }
        #expect(ShippedValues(bytes: bytes + [0]) == nil)
        for offset in 0..<8 {
            var other = bytes
            other[offset] = 0xFF
            #expect(ShippedValues(bytes: other) == nil)
        }
        let texts = [
            "[]", #"{"a":1}"#, #"{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,0]}}"#,
            #"{"a":{"dtype":"F32","shape":[9223372036854775807,8],"data_offsets":[0,0]}}"#,
            #"{"a":{"dtype":"Q4","shape":[0],"data_offsets":[0,0]}}"#,
            #"{"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]},"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}"#,
        ]
        for text in texts {
            let block = [UInt8(text.utf8.count), 0, 0, 0, 0, 0, 0, 0] + Array(text.utf8)
            #expect(ShippedValues(bytes: block) == nil, "\(text)")
        }
    }

    @Test("come through a stream as events")
    func event() throws {
        for entry in values.entries {
            let event = Event.value(entry)
            #expect(Event(json: event.json) == event)
        }
        #expect(
            ShippedValues.Entry(json: ["name": "a", "type": "U8", "shape": [.integer(1)], "bytes": "0"])
                == nil
        )
        #expect(
            ShippedValues.Entry(json: ["name": "a", "type": "U8", "shape": [.integer(1)], "bytes": "0G"])
                == nil
        )
    }

    @Test("say in words in what they differ")
    func difference() {
        #expect(values.firstDifference(from: values) == nil)
        var other = values
        other.add(.init("train.losses", .float, shape: [2], bytes: [0, 0, 128, 63, 0, 0, 64, 64]))
        #expect(values.firstDifference(from: other) == "train.losses, at [1], is 2.0 instead of 3.0")
        other.add(.init("train.losses", .float, shape: [1], bytes: [0, 0, 128, 63]))
        #expect(
            values.firstDifference(from: other) == "train.losses has the shape F32 [2] instead of F32 [1]"
        )
        other = values
        other.add(.init("a\"b", .bool, shape: [], bytes: [0]))
        #expect(values.firstDifference(from: other) == "a\"b is true instead of false")
        other = values
        other.add(.init("train.words", .byte, shape: [1], bytes: Array("b".utf8)))
        #expect(values.firstDifference(from: other) == "train.words is “aé” instead of “b”")
        #expect(values.firstDifference(from: ShippedValues()) == "a\"b is new")
        #expect(ShippedValues().firstDifference(from: values) == "a\"b is gone")
    }
}
