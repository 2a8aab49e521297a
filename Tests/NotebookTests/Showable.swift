import Notebook
import Testing

/// A type of an author's own.
private struct Score: CustomStringConvertible, Showable {
    var points: Int
    var description: String { "\(points) points" }
}

/// Natively, any value can be asked for its text: what is `Showable` must say the same.
@Suite("Showable") struct ShowableTests {
    private func expectSame(
        _ value: some Showable,
        as text: String,
        at location: SourceLocation = #_sourceLocation
    ) {
        #expect(value.shown == text, sourceLocation: location)
        #expect(value.shown == shortDescription(of: value), sourceLocation: location)
        #expect([value].shown == String(describing: [value]), sourceLocation: location)
        #expect(Optional(value).shown == value.shown, sourceLocation: location)
        #expect([Optional(value)].shown == String(describing: [Optional(value)]), sourceLocation: location)
    }

    @Test("numbers, as print writes them")
    func numbers() {
        expectSame(-3, as: "-3")
        expectSame(Int8.min, as: "-128")
        expectSame(UInt64.max, as: "18446744073709551615")
        expectSame(Float(0.1), as: "0.1")
        expectSame(2.0, as: "2.0")
        expectSame(-0.0, as: "-0.0")
        expectSame(1e-10, as: "1e-10")
        expectSame(Double.nan, as: "nan")
        expectSame(-Float.infinity, as: "-inf")
        expectSame(true, as: "true")
    }

    @Test("texts, with quotes in an array alone")
    func texts() {
        expectSame("a \"b\"\n", as: "a \"b\"\n")
        expectSame("é\u{0}\\ 🙂", as: "é\u{0}\\ 🙂")
        expectSame("a word".dropFirst(2), as: "word")
        expectSame(Character("\""), as: "\"")
        #expect(["a \"b\""].shown == #"["a \"b\""]"#)
    }

    @Test("optionals, as their value or nil")
    func optionals() {
        expectSame(Int??.some(4), as: "4")
        expectSame(String?.none, as: "nil")
        expectSame([1, nil, 3], as: "[Optional(1), nil, Optional(3)]")
    }

    @Test("arrays, and arrays of them")
    func arrays() {
        expectSame([[1.5, 2], []], as: "[[1.5, 2.0], []]")
        expectSame([1, 2, 3].dropFirst(), as: "[2, 3]")
        expectSame(["a": 1].map { $0.key }, as: "[\"a\"]")
    }

    @Test("tensors and summaries of models")
    func tensors() {
        expectSame(Tensor([1, 2.5]), as: "Tensor [2] [1.0 2.5]")
        expectSame(IntTensor([1, 2]), as: "IntTensor [2] [1 2]")
        let summary = Linear(inputSize: 2, outputSize: 1).summary()
        expectSame(summary, as: "\(summary)")
    }

    @Test("types of an author's own")
    func ownTypes() {
        expectSame(Score(points: 3), as: "3 points")
    }
}
