import Notebook
import Recurrent
import Testing

@Suite("Built values") struct BuiltValueTests {
    /// A value that went through the bytes that a page gets.
    private func shipped<Value: BuiltValue>(_ value: Value) throws -> Value {
        var values = BuiltValues()
        value.add("cell.value", to: &values)
        let read = try #require(BuiltValues(bytes: values.bytes))
        return Value.read("cell.value", from: read)
    }

    @Test("Numbers, truth values and texts come back as they were") func numbers() throws {
        for number in [0, -1, Int.max, Int.min] { #expect(try shipped(number) == number) }
        for number in [0, -0.0, .infinity, Float.leastNonzeroMagnitude, 0.1] {
            #expect(try shipped(number).bitPattern == number.bitPattern)
        }
        #expect(try shipped(Float.nan).bitPattern == Float.nan.bitPattern)
        #expect(try shipped(Double.pi) == .pi)
        #expect(try shipped(Int64.min) == .min)
        #expect(try shipped(true) && !shipped(false))
        for text in ["", "a", "Ä 😀\n\"\\", "\u{0}"] { #expect(try shipped(text) == text) }
    }

    @Test("So do arrays and dictionaries of them, also of one another") func collections() throws {
        #expect(try shipped([Float]()) == [])
        #expect(try shipped([1, 2, 3]) == [1, 2, 3])
        #expect(try shipped([true, false]) == [true, false])
        #expect(try shipped(["a", ""]) == ["a", ""])
        #expect(try shipped([[1.5], [], [2.5, 3]]) == [[1.5], [], [2.5, 3]])
        #expect(try shipped(["b": 1, "a": 2]) == ["a": 2, "b": 1])
        #expect(try shipped(["b": ["x"], "": []]) == ["b": ["x"], "": []])
        #expect(try shipped([["k": [Float(1)]]]) == [["k": [1]]])
    }

    @Test("What is frozen stays so, and nothing else does") func frozen() throws {
        let weight = Tensor([1]).requiringGradient()
        #expect(try !shipped(weight).isFrozen)
        weight.freeze()
        #expect(try shipped(weight).isFrozen)
        let built = Linear(inputSize: 2, outputSize: 1)
        built.weight.freeze()
        var values = BuiltValues()
        built.structure.add("head", to: &values)
        // The page's own layer is frozen the other way round.
        let page = Linear(inputSize: 2, outputSize: 1)
        page.bias?.freeze()
        page.structure.load("head", from: try #require(BuiltValues(bytes: values.bytes)))
        #expect(page.parameters.map(\.isFrozen) == [true, false])
        #expect(page.parameters.map(\.scalars) == built.parameters.map(\.scalars))
    }

    @Test("So do tensors, with their shapes, and parameters as such") func tensors() throws {
        let tensor = try shipped(Tensor(shape: [2, 1], scalars: [0.1, -2]))
        #expect(tensor.shape == [2, 1] && tensor.scalars == [0.1, -2] && !tensor.requiresGradient)
        #expect(try shipped(Tensor(shape: [0, 3], scalars: [])).shape == [0, 3])
        #expect(try shipped(Tensor([1]).requiringGradient()).requiresGradient)
        #expect(try !shipped(Tensor([1]).requiringGradient() * 2).requiresGradient)
        let whole = IntTensor(shape: [1, 2], scalars: [7, -7])
        #expect(try shipped(whole) == whole)
        #expect(try shipped([whole, whole]) == [whole, whole])
    }

    @Test("Equal dictionaries are equal bytes") func order() {
        func bytes(_ keys: some Sequence<Int>) -> [UInt8] {
            var dictionary: [String: Int] = [:]
            for key in keys { dictionary["\(key)"] = key }
            var values = BuiltValues()
            dictionary.add("d", to: &values)
            return values.bytes
        }
        #expect(bytes(0..<50) == bytes((0..<50).reversed()))
    }
}
