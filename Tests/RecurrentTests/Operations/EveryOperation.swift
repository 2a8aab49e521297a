internal import Foundation
import Recurrent
import Testing
internal import Turns

/// One check of derivatives for each operation that has some. A public function that is in no list fails.
@Suite("Every operation", .inTurns) struct EveryOperation {
    @Test("has the right derivatives", arguments: DerivativeCheck.all)
    func derivatives(check: DerivativeCheck) {
        let operands = check.shapes.map { scatteredParameters($0)[0] }
        // Operands of one shape must not be alike.
        for (index, operand) in operands.enumerated() {
            operand.data = operand.data * (1 - 0.2 * Float(index))
        }
        checkDerivatives(operands, check.operation)
    }

    @Test("that the engine offers is checked, or is known to have no derivative") func areListed() throws {
        let checked = Set(DerivativeCheck.all.map(\.name))
        let offered = try Self.offeredNames()
        #expect(offered.count > 40)
        for name in offered.sorted() where !checked.contains(name) && !Self.withoutDerivative.contains(name) {
            Issue.record("\(name) has no check of its derivatives")
        }
    }

    /// Results are truth values, places or whole numbers; or the name stands for a check under another.
    private static let withoutDerivative: Set<String> = [
        ".==", ".!=", ".<", ".<=", ".>", ".>=", "argmax", "argmin", "argsort",
        // These replace the variable by the result of the operation that is checked.
        "+=", "-=", "*=", "/=",
    ]

    /// The names of the public functions and subscripts of tensors in the folders that hold operations.
    private static func offeredNames() throws -> Set<String> {
        let symbols = try SymbolGraph.ofRecurrent().symbols.filter { symbol in
            let file = symbol.location?.uri ?? ""
            return symbol.isFunction && symbol.concernsTensors
                && (file.contains("/Recurrent/Operations/") || file.contains("/Recurrent/Losses/"))
        }
        return Set(symbols.map(\.baseName))
    }
}

/// The public symbols of the built engine, as the compiler lists them.
private struct SymbolGraph: Decodable {
    struct Symbol: Decodable {
        struct Kind: Decodable { var identifier: String }
        struct Location: Decodable { var uri: String }
        struct Fragment: Decodable { var spelling: String }

        var kind: Kind
        /// The enclosing types' names, then the symbol's own: `["Tensor", "matmul(_:file:line:)"]`.
        var pathComponents: [String]
        var location: Location?
        var declarationFragments: [Fragment]

        var baseName: String { String(pathComponents[pathComponents.count - 1].prefix { $0 != "(" }) }

        var isFunction: Bool {
            ["func", "func.op", "method", "type.method", "subscript"].contains {
                kind.identifier == "swift.\($0)"
            }
        }

        /// Whether it is a tensor's, or takes or gives one. Functions of plain numbers have nothing to differentiate.
        var concernsTensors: Bool {
            pathComponents[0] == "Tensor" || declarationFragments.contains { $0.spelling == "Tensor" }
        }
    }

    var symbols: [Symbol]

    static func ofRecurrent() throws -> SymbolGraph {
        let folder = FileManager.default.temporaryDirectory.appending(path: "symbols-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let products = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
        let tool = Process()
        tool.executableURL = URL(filePath: "/usr/bin/env")
        tool.arguments = [
            "swift", "symbolgraph-extract", "-module-name", "Recurrent",
            "-I", products.appending(path: "Modules").path, "-minimum-access-level", "public",
            "-output-dir", folder.path,
        ]
        try tool.run()
        tool.waitUntilExit()
        let graph = try Data(contentsOf: folder.appending(path: "Recurrent.symbols.json"))
        return try JSONDecoder().decode(SymbolGraph.self, from: graph)
    }
}

/// An operation on tensors of some shapes.
struct DerivativeCheck: Sendable, CustomTestStringConvertible {
    let name: String
    let shapes: [[Int]]
    let operation: @Sendable ([Tensor]) -> Tensor

    init(_ name: String, _ shapes: [Int]..., operation: @escaping @Sendable ([Tensor]) -> Tensor) {
        self.name = name
        self.shapes = shapes
        self.operation = operation
    }

    var testDescription: String { "\(name) \(shapes)" }

    static let all = arithmetic + functions + reductions + arrangements + selections + losses + layers

    private static let arithmetic = [
        DerivativeCheck("+", [2, 3], [3]) { $0[0] + $0[1] + 2 },
        DerivativeCheck("-", [2, 1], [2, 3]) { 1 - ($0[0] - $0[1]) - 2 },
        DerivativeCheck("-", [4]) { -$0[0] },
        DerivativeCheck("*", [2, 3], [2, 1]) { 3 * ($0[0] * $0[1]) * 2 },
        DerivativeCheck("/", [3], [2, 3]) { 2 / ($0[0] / $0[1]) / 3 },
        DerivativeCheck("pow", [5]) { $0[0].pow(3) },
        DerivativeCheck("matmul", [2, 3], [3, 4]) { $0[0].matmul($0[1]) },
        DerivativeCheck("matmul", [2, 2, 3], [3]) { $0[0].matmul($0[1]) },
        DerivativeCheck("matmul", [2, 1, 3], [2, 3, 2]) { $0[0].matmul($0[1]) },
        DerivativeCheck("batchedProduct", [2, 1, 3], [2, 3, 2]) { $0[0].batchedProduct($0[1]) },
    ]

    private static let functions = [
        DerivativeCheck("exp", [4]) { exp($0[0]) },
        DerivativeCheck("log", [4]) { log($0[0] + 2) },
        DerivativeCheck("log10", [4]) { log10($0[0] + 2) },
        DerivativeCheck("round", [6]) { round(3 * $0[0]) + $0[0] },
        DerivativeCheck("sign", [6]) { sign($0[0]) + $0[0] },
        DerivativeCheck("sqrt", [4]) { sqrt($0[0] + 2) },
        DerivativeCheck("abs", [6]) { abs($0[0]) },
        DerivativeCheck("sin", [4]) { sin($0[0]) },
        DerivativeCheck("cos", [4]) { cos($0[0]) },
        DerivativeCheck("tanh", [4]) { tanh($0[0]) },
        DerivativeCheck("sigmoid", [4]) { sigmoid($0[0]) },
        DerivativeCheck("relu", [6]) { relu($0[0]) },
        DerivativeCheck("gelu", [6]) { gelu($0[0] * 2) + gelu($0[0] * 2, form: .tanh) },
        DerivativeCheck("leakyReLU", [6]) { leakyReLU($0[0], slope: 0.2) },
        DerivativeCheck("softplus", [6]) { softplus($0[0], beta: 3, threshold: 2) },
        DerivativeCheck("silu", [6]) { silu($0[0] * 2) },
        DerivativeCheck("softsign", [6]) { softsign($0[0]) },
        DerivativeCheck("scaledDotProductAttention", [2, 3, 4], [2, 5, 4], [2, 5, 2], [3, 5]) {
            let mask = Tensor([1, 0, 0, 0, 1])
            return scaledDotProductAttention($0[0], $0[1], $0[2], mask: mask, bias: $0[3])
        },
        DerivativeCheck("scaledDotProductAttention", [3, 4]) {
            scaledDotProductAttention($0[0], $0[0], $0[0], isCausal: true, scale: 2)
        },
        DerivativeCheck("softmax", [2, 3]) { softmax($0[0], axis: 0) },
        DerivativeCheck("logSoftmax", [2, 3]) { logSoftmax($0[0], axis: -1) },
        DerivativeCheck("clamped", [8]) { $0[0].clamped(to: -0.5...0.6) },
        DerivativeCheck("clamped", [8]) { $0[0].clamped(to: 0.05...) + $0[0].clamped(to: ...0.05) },
        DerivativeCheck("minimum", [6], [6]) { minimum($0[0], $0[1]) },
        DerivativeCheck("maximum", [2, 3], [3]) { maximum($0[0], $0[1]) },
        DerivativeCheck("replacing", [4], [4]) { $0[0].replacing(with: $0[1], where: Tensor([1, 0, 0, 1])) },
        DerivativeCheck("replacing", [4]) { $0[0].replacing(with: 2, where: Tensor([1, 0, 0, 1])) },
        DerivativeCheck("replacing", [3, 4], [3, 1]) { $0[0].replacing(.all, 1..<3, with: $0[1]) },
        DerivativeCheck("replacing", [3, 2], [3, 2]) {
            $0[0].replacing(IntTensor([2, 0, 2]), with: $0[1])
        },
        DerivativeCheck("adding", [3, 2], [3, 2]) { $0[0].adding($0[1], at: IntTensor([2, 0, 2])) },
    ]

    private static let reductions = [
        DerivativeCheck("sum", [2, 3]) { $0[0].sum() },
        DerivativeCheck("sum", [2, 3, 2]) { $0[0].sum(axes: [0, 2]) },
        DerivativeCheck("sum", [2, 3]) { $0[0].sum(axis: 1, keepingDimensions: true) },
        DerivativeCheck("mean", [2, 3]) { $0[0].mean() },
        DerivativeCheck("mean", [2, 3, 2]) { $0[0].mean(axes: [1, 2]) + $0[0].mean(axis: 0).sum() },
        DerivativeCheck("variance", [2, 3]) { $0[0].variance() + $0[0].variance(axis: 1, correction: 0) },
        DerivativeCheck("standardDeviation", [2, 3, 2]) {
            $0[0].standardDeviation(axes: [0, 2], keepingDimensions: true) + $0[0].standardDeviation()
        },
        DerivativeCheck("product", [2, 3]) { $0[0].product() + $0[0].product(axis: 1) },
        DerivativeCheck("cumulativeSum", [2, 3]) { $0[0].cumulativeSum(axis: 0) },
        DerivativeCheck("max", [2, 3]) { $0[0].max() + $0[0].max(axis: 1).values },
        DerivativeCheck("min", [2, 3]) { $0[0].min() + $0[0].min(axis: 1).values },
    ]

    private static let arrangements = [
        DerivativeCheck("reshaped", [2, 3]) { $0[0].reshaped([3, -1]) },
        DerivativeCheck("flattened", [2, 3]) { $0[0].flattened() },
        DerivativeCheck("squeezed", [2, 1, 3]) { $0[0].squeezed(axis: 1) + $0[0].squeezed() },
        DerivativeCheck("unsqueezed", [2, 3]) { $0[0].unsqueezed(axis: 1) },
        DerivativeCheck("transposed", [2, 3, 4]) { $0[0].transposed(0, 2) },
        DerivativeCheck("transposed", [1, 3, 4]) { $0[0].transposed(0, 1) },
        DerivativeCheck("permuted", [2, 3, 4]) { $0[0].permuted([2, 0, 1]) },
        DerivativeCheck("flipped", [2, 3]) { $0[0].flipped(axis: 1) },
        DerivativeCheck("sorted", [2, 5]) { $0[0].sorted(axis: 1, descending: true).values },
        DerivativeCheck("topK", [4, 2]) { $0[0].topK(3, axis: 0, largest: false).values },
        DerivativeCheck("lowerTriangle", [2, 3, 3]) { $0[0].lowerTriangle(diagonal: -1) },
        DerivativeCheck("upperTriangle", [3, 2]) { $0[0].upperTriangle() },
        DerivativeCheck("broadcast", [3, 1]) { $0[0].broadcast(to: [2, 3, 2]) },
        DerivativeCheck("concatenated", [2, 3], [2, 1]) { concatenated([$0[0], $0[1], $0[0]], axis: 1) },
        DerivativeCheck("stacked", [2, 3], [2, 3]) { stacked($0, axis: 1) },
    ]

    private static let selections = [
        DerivativeCheck("subscript", [3, 4]) { $0[0][.all, -1] + $0[0][1..<2, 0].sum() },
        DerivativeCheck("subscript", [6]) { $0[0][stride(from: 0, to: 6, by: 2)] },
        DerivativeCheck("subscript", [4, 2]) { $0[0][IntTensor([3, 0, 3])] },
        DerivativeCheck("subscript", [3, 4], [2]) {
            var x = $0[0]
            x[1..., 3] = $0[1]
            return x
        },
        DerivativeCheck("picking", [3, 4]) { $0[0].picking(IntTensor([0, 3, 3])) },
    ]

    private static let losses = [
        DerivativeCheck("meanSquaredError", [2, 3], [2, 3]) { meanSquaredError($0[0], $0[1]) },
        DerivativeCheck("meanAbsoluteError", [2, 3]) { meanAbsoluteError($0[0], Tensor.full([2, 3], 2)) },
        DerivativeCheck("huberLoss", [6]) { huberLoss($0[0] * 3, Tensor.full([6], 0.03)) },
        DerivativeCheck("smoothL1Loss", [6]) { smoothL1Loss($0[0] * 3, Tensor.full([6], 0.03), beta: 0.7) },
        DerivativeCheck("binaryCrossEntropy", [2, 3]) {
            binaryCrossEntropy(
                logits: $0[0],
                Tensor([[0, 1, 0.5], [1, 1, 0]]),
                positiveWeight: Tensor([1, 2, 3])
            )
        },
        DerivativeCheck("binaryCrossEntropy", [2, 3], [2, 3]) {
            binaryCrossEntropy(probabilities: sigmoid($0[0]), sigmoid($0[1]), reduction: .batchMean)
        },
        DerivativeCheck("klDivergence", [2, 3], [2, 3]) {
            klDivergence(logSoftmax($0[0]), softmax($0[1]), reduction: .batchMean)
        },
        DerivativeCheck("klDivergence", [2, 3], [2, 3]) {
            klDivergence(logSoftmax($0[0]), logSoftmax($0[1]), targetIsLogarithm: true, reduction: .sum)
        },
        DerivativeCheck("cosineSimilarity", [2, 3], [3]) { cosineSimilarity($0[0], $0[1], axis: -1) },
        DerivativeCheck("ctcLoss", [5, 2, 3]) {
            ctcLoss(
                logSoftmax($0[0]),
                IntTensor([[1, 1], [2, 1]]),
                inputLengths: [5, 4],
                targetLengths: [2, 2],
                reduction: .sum
            )
        },
        DerivativeCheck("crossEntropy", [3, 4]) {
            crossEntropy(
                $0[0],
                IntTensor([0, 3, -100]),
                weight: Tensor([1, 2, 0.5, 3]),
                labelSmoothing: 0.1
            )
        },
        DerivativeCheck("crossEntropy", [2, 3]) {
            crossEntropy($0[0], probabilities: Tensor([[0.2, 0.3, 0.5], [1, 0, 0]]))
        },
        DerivativeCheck("perplexity", [3, 4]) {
            perplexity($0[0], IntTensor([0, 3, -100])) + perplexity($0[0].sum())
        },
        DerivativeCheck("negativeLogLikelihood", [3, 4]) {
            negativeLogLikelihood(logSoftmax($0[0], axis: 1), IntTensor([2, 0, 1]), reduction: .sum)
        },
    ]
}
