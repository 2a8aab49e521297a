import Recurrent
import Testing

extension Parity {
    @Test(arguments: Fixture.cases("losses"))
    func `losses and their gradients are PyTorch's`(loss: Case) throws {
        let input = Tensor(loss["inputs"].at("input")).requiringGradient()
        let call = try LossCall(loss)
        let output = try call.loss(input, loss["inputs"].at("target"))
        #expect(output.shape == loss["output"].shape)
        expectClose(output.scalars, loss["output"].floats, within: 1e-6, loss.id)
        output.backward(Tensor(loss["upstream"]))
        let gradient = try #require(input.gradient)
        expectClose(gradient.scalars, loss["grad_input"].floats, within: 2e-6, "\(loss.id): gradient")
        if let expected = loss.content["grad_target"] {
            let gradient = try #require(call.target?.gradient)
            expectClose(gradient.scalars, expected.floats, within: 2e-6, "\(loss.id): gradient of the target")
        }
    }
}

/// A loss with its options, as PyTorch calls them.
private struct LossCall {
    let module: String
    let id: String
    let arguments: Recorded
    /// The target, where its gradient was recorded.
    let target: Tensor?

    init(_ loss: Case) throws {
        let recorded = loss["inputs"].at("target")
        target = loss.content["grad_target"] == nil ? nil : Tensor(recorded).requiringGradient()
        module = loss["module"].text ?? ""
        id = loss.id
        arguments = loss["args"]
    }

    private var reduction: LossReduction {
        switch arguments["reduction"]?.text {
        case "none": .none
        case "sum": .sum
        case "batchmean": .batchMean
        default: .mean
        }
    }

    private func tensor(_ name: String) -> Tensor? { arguments[name].map { Tensor($0) } }
    private func number(_ name: String, _ usual: Double) -> Float { Float(arguments[name]?.number ?? usual) }

    func loss(_ input: Tensor, _ target: Recorded) throws -> Tensor {
        let numbers = { self.target ?? Tensor(target) }
        switch module {
        case "MSELoss": return meanSquaredError(input, numbers(), reduction: reduction)
        case "L1Loss": return meanAbsoluteError(input, numbers(), reduction: reduction)
        case "HuberLoss": return huberLoss(input, numbers(), delta: number("delta", 1), reduction: reduction)
        case "SmoothL1Loss":
            return smoothL1Loss(input, numbers(), beta: number("beta", 1), reduction: reduction)
        case "BCEWithLogitsLoss":
            return binaryCrossEntropy(
                logits: input,
                numbers(),
                weight: tensor("weight"),
                positiveWeight: tensor("pos_weight"),
                reduction: reduction
            )
        case "BCELoss":
            return binaryCrossEntropy(
                probabilities: input,
                numbers(),
                weight: tensor("weight"),
                reduction: reduction
            )
        case "KLDivLoss":
            return klDivergence(
                input,
                numbers(),
                targetIsLogarithm: arguments["log_target"]?.bool ?? false,
                reduction: reduction
            )
        case "CosineSimilarity":
            return cosineSimilarity(
                input,
                numbers(),
                axis: arguments["dim"]?.int ?? 1,
                epsilon: number("eps", 1e-8)
            )
        case "CTCLoss":
            return ctcLoss(
                input,
                IntTensor(shape: target.shape, scalars: target.ints),
                inputLengths: arguments.at("input_lengths").ints,
                targetLengths: arguments.at("target_lengths").ints,
                blank: arguments["blank"]?.int ?? 0,
                reduction: reduction,
                zeroInfinity: arguments["zero_infinity"]?.bool ?? false
            )
        case "CrossEntropyLoss": return crossEntropyLoss(input, target)
        case "NLLLoss":
            return negativeLogLikelihood(
                input,
                IntTensor(shape: target.shape, scalars: target.ints),
                weight: tensor("weight"),
                ignoredIndex: arguments["ignore_index"]?.int ?? -100,
                reduction: reduction
            )
        default: throw UnknownCase(description: id)
        }
    }

    private func crossEntropyLoss(_ input: Tensor, _ target: Recorded) -> Tensor {
        guard target["dtype"]?.text == "int64" else {
            return crossEntropy(
                input,
                probabilities: Tensor(target),
                weight: tensor("weight"),
                labelSmoothing: number("label_smoothing", 0),
                reduction: reduction
            )
        }
        return crossEntropy(
            input,
            IntTensor(shape: target.shape, scalars: target.ints),
            weight: tensor("weight"),
            ignoredIndex: arguments["ignore_index"]?.int ?? -100,
            labelSmoothing: number("label_smoothing", 0),
            reduction: reduction
        )
    }
}
