import Recurrent
import Testing

extension Parity {
    @Test(arguments: Fixture.cases("values").filter { ["multinomial", "sampling"].contains($0.kind) })
    func `draws are PyTorch's, and take as many random words`(drawing: Case) throws {
        let weights = Tensor(precise: drawing["input"])
        let options = drawing["args"]
        let count = try #require(options["num_samples"]?.int)
        let replacing = options["replacement"]?.bool ?? false
        let generator = Generator(seed: UInt64(try #require(drawing["seed"].int)))
        for draw in drawing["draws"].list ?? [] {
            let drawn =
                drawing.kind == "multinomial"
                ? generator.draw(from: weights, count: count, replacing: replacing)
                : generator.draw(
                    fromLogits: weights,
                    count: count,
                    replacing: replacing,
                    temperature: Float(options["temperature"]?.number ?? 1),
                    topK: options["top_k"]?.int,
                    topP: options["top_p"]?.number.map(Float.init)
                )
            #expect(drawn == IntTensor(shape: draw.shape, scalars: draw.ints), "\(drawing.id)")
        }
        #expect(generator.uniform(1) == drawing["next"].floats, "\(drawing.id)")
    }

    @Test(arguments: Fixture.cases("values").filter { $0.kind == "operation" })
    func `operations on values and their gradients are PyTorch's`(operation: Case) throws {
        let call = ValuesCall(operation)
        let (result, indices) = try call.run()
        let outputs = operation["outputs"].list ?? []
        #expect(result.shape == outputs[0].shape, "\(operation.id)")
        expectClose(result.scalars, outputs[0].floats, within: 1e-6, operation.id)
        if outputs.count > 1 {
            #expect(
                indices == IntTensor(shape: outputs[1].shape, scalars: outputs[1].ints),
                "\(operation.id)"
            )
        }
        guard let upstream = operation.content["upstream"] else { return }
        result.backward(Tensor(upstream))
        for (index, recorded) in (operation["grads"].list ?? []).enumerated() where !recorded.shapeIsAbsent {
            let gradient = try #require(call.inputs[index].gradient)
            expectClose(gradient.scalars, recorded.floats, within: 1e-6, "\(operation.id): gradient \(index)")
        }
    }

    @Test func `every recorded value is of a kind that a test reads`() {
        for value in Fixture.cases("values") {
            #expect(["multinomial", "sampling", "operation"].contains(value.kind), "\(value.id)")
        }
    }
}

extension Tensor {
    /// A recorded tensor in the precision that it was recorded in.
    fileprivate init(precise recorded: Recorded) {
        guard recorded["dtype"]?.text == "float64" else {
            self.init(recorded)
            return
        }
        let numbers = recorded.doubles
        let storage = Storage.make(count: numbers.count, precision: .double)
        for (index, number) in numbers.enumerated() { storage.pointer(Double.self)[index] = number }
        self.init(storage, shape: recorded.shape)
    }
}

extension Recorded {
    /// Whether there is nothing where a tensor may stand.
    fileprivate var shapeIsAbsent: Bool { self["shape"] == nil }
}

/// An operation with its arguments, as PyTorch calls them.
private struct ValuesCall {
    let name: String
    let id: String
    let arguments: Recorded
    let inputs: [Tensor]
    let integers: [IntTensor]

    init(_ recorded: Case) {
        name = recorded["name"].text ?? ""
        id = recorded.id
        arguments = recorded["args"]
        let given = recorded["inputs"].list ?? []
        inputs = given.filter { $0["dtype"]?.text != "int64" }.map { Tensor($0).requiringGradient() }
        integers = given.filter { $0["dtype"]?.text == "int64" }.map {
            IntTensor(shape: $0.shape, scalars: $0.ints)
        }
    }

    private var axis: Int? { arguments["dim"]?.int }
    private var keeps: Bool { arguments["keepdim"]?.bool ?? false }
    private var diagonal: Int { arguments["diagonal"]?.int ?? 0 }
    private var correction: Int { arguments["correction"]?.int ?? 1 }

    func run() throws -> (Tensor, IntTensor?) {
        let x = inputs[0]
        switch name {
        case "sort":
            let descending = arguments["descending"]?.bool ?? false
            let (values, indices) = x.sorted(axis: axis ?? -1, descending: descending)
            #expect(x.argsort(axis: axis ?? -1, descending: descending) == indices)
            return (values, indices)
        case "topk":
            let count = try #require(arguments["k"]?.int)
            return x.topK(count, axis: axis ?? -1, largest: arguments["largest"]?.bool ?? true)
        case "cumsum": return (x.cumulativeSum(axis: try #require(axis)), nil)
        case "prod":
            return (axis.map { x.product(axis: $0, keepingDimensions: keeps) } ?? x.product(), nil)
        case "var", "std": return (spread(x), nil)
        case "put": return (try put(x, inputs[1]), nil)
        case "index_add": return (x.adding(inputs[1], at: integers[0]), nil)
        case "perplexity":
            return (perplexity(x, integers[0], ignoredIndex: arguments["ignore_index"]?.int ?? -100), nil)
        default: return (try plain(x), nil)
        }
    }

    private func plain(_ x: Tensor) throws -> Tensor {
        switch name {
        case "round": return round(x)
        case "sign": return sign(x)
        case "log10": return log10(x)
        case "isnan": return x.isNaN
        case "isfinite": return x.isFinite
        case "bmm": return x.batchedProduct(inputs[1])
        case "tril": return x.lowerTriangle(diagonal: diagonal)
        case "triu": return x.upperTriangle(diagonal: diagonal)
        default: throw UnknownOperation(name: name)
        }
    }

    private func spread(_ x: Tensor) -> Tensor {
        let isVariance = name == "var"
        guard let axes = arguments["dims"]?.ints else {
            return isVariance
                ? x.variance(correction: correction) : x.standardDeviation(correction: correction)
        }
        return isVariance
            ? x.variance(axes: axes, correction: correction, keepingDimensions: keeps)
            : x.standardDeviation(axes: axes, correction: correction, keepingDimensions: keeps)
    }

    /// Writes in all ways that there are: as a new tensor, to a variable, and in place.
    private func put(_ x: Tensor, _ y: Tensor) throws -> Tensor {
        let recorded = arguments["indices"]?.list ?? []
        var variable = x
        let inPlace = x.copied().requiringGradient()
        let result: Tensor
        if let rows = recorded.first?["rows"] {
            let rows = IntTensor(rows.ints)
            result = x.replacing(rows, with: y)
            variable[rows] = y
            inPlace.data[rows] = y.detached()
        } else {
            let i = recorded.map { RecordedIndex(recorded: $0) }
            switch i.count {
            case 1:
                result = x.replacing(i[0], with: y)
                variable[i[0]] = y
                inPlace.data[i[0]] = y.detached()
            case 2:
                result = x.replacing(i[0], i[1], with: y)
                variable[i[0], i[1]] = y
                inPlace.data[i[0], i[1]] = y.detached()
            case 3:
                result = x.replacing(i[0], i[1], i[2], with: y)
                variable[i[0], i[1], i[2]] = y
                inPlace.data[i[0], i[1], i[2]] = y.detached()
            case 4:
                result = x.replacing(i[0], i[1], i[2], i[3], with: y)
                variable[i[0], i[1], i[2], i[3]] = y
                inPlace.data[i[0], i[1], i[2], i[3]] = y.detached()
            default: throw UnknownOperation(name: "put with \(i.count) indices")
            }
        }
        #expect(variable.scalars == result.scalars)
        #expect(inPlace.scalars == result.scalars)
        return variable
    }
}

private struct UnknownOperation: Error { let name: String }

/// An index as Python writes it: a number, or a slice `[start, stop, step]` in which each may be null.
private struct RecordedIndex: AxisIndex {
    let recorded: Recorded

    func selection(ofLength length: Int) -> AxisSelection {
        guard let slice = recorded.list else { return (recorded.int ?? 0).selection(ofLength: length) }
        let (start, stop) = (slice[0].int, slice[1].int)
        if let step = slice[2].int {
            return stride(from: start ?? 0, to: stop ?? length, by: step).selection(ofLength: length)
        }
        switch (start, stop) {
        case (nil, nil): return (0..<length).selection(ofLength: length)
        case (let start?, nil): return (start...).selection(ofLength: length)
        case (nil, let stop?): return (..<stop).selection(ofLength: length)
        case (let start?, let stop?): return (start..<stop).selection(ofLength: length)
        }
    }
}
