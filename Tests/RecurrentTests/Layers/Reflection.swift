internal import Foundation
import Recurrent
import Testing
internal import Turns

private func linear(_ size: Int = 1) -> Linear { Linear(inputSize: size, outputSize: 1, bias: false) }

private enum Head {
    case none
    case one(Linear)
    case two(Linear, Linear)
    case labeled(inner: Linear, dropout: Dropout)
    indirect case nested(Head)
}

private struct Holder {
    let hidden = linear()
    let scale = Tensor.ones([2]).requiringGradient()
    let constant = Tensor.ones([2])
    let deeper = [Deeper(), Deeper()]
}

private struct Deeper { let pair = (linear(), right: linear()) }

private final class Block { let inner = linear() }

@propertyWrapper private struct Kept<Value> { var wrappedValue: Value }

/// A container of one's own, which shows itself as it likes.
private struct Shelf: CustomReflectable {
    let layers = [linear(), linear()]
    var customMirror: Mirror { Mirror(self, unlabeledChildren: layers, displayStyle: .collection) }
}

private struct Everything: Layer {
    let pair = (linear(), linear())
    let labeled = (left: linear(), right: Dropout(0.5))
    let optionalPair: (Linear, Linear)? = (linear(), linear())
    let head = Head.one(linear())
    let heads = [Head.none, .two(linear(), linear()), .labeled(inner: linear(), dropout: Dropout(0.5))]
    let nestedHead: Head?? = .nested(.one(linear()))
    let holder = Holder()
    let holders = ["b": (Holder(), 1), "a": (Holder(), 2)]
    let block: Block? = Block()
    let any: Any = linear()
    let result: Result<Linear, SafetensorsError> = .success(linear())
    let start = HiddenState(Tensor.zeros([1, 1]).requiringGradient())
    let shelf = Shelf()
    let slice = [linear(), linear()][1...]
    @Kept var wrapped = linear()
    @Kept var wrappedPair = (linear(), linear())
    let numbers = [Float](repeating: 1, count: 1_000_000)
    let address = URL(filePath: "/tmp")
    let closure = { (x: Tensor) in x }
}

/// A child that knows its parent.
private final class Tree: Layer {
    let own = linear()
    var children: [Tree] = []
    weak var parent: Tree?
    var log = Log()
}

private final class Log { var owner: AnyObject? }

private final class Owner: Layer {
    let optimizer: SGD
    let own: Linear
    let inner: Linear
    init() {
        (own, inner) = (linear(), linear())
        optimizer = SGD([own.weight, inner.weight], learningRate: 0.1)
    }
}

private enum Refused {
    struct LazyLayer: Layer { lazy var later = linear() }
    struct LazyList: Layer { lazy var later = [linear()] }
    struct LazyMap: Layer { lazy var later: [String: Linear]? = ["a": linear()] }
    struct LazyTensor: Layer { lazy var later = Tensor.zeros([1]).requiringGradient() }
    struct LazyInside {
        let now = linear()
        lazy var later = linear()
    }
    struct Outside: Layer { let inside = (LazyInside(), 1) }
    struct LazyRest: Layer {
        lazy var text = "never asked for"
        lazy var numbers: [Int] = [1]
        let own = linear()
    }
    final class Member: Layer, Hashable {
        let own = linear()
        static func == (left: Member, right: Member) -> Bool { left === right }
        func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
    }
    struct Unordered: Layer {
        let members: Set = [Member(), Member()]
        let words: Set = ["a", "b"]
    }

    static let all: [Misuse] = [
        Misuse("a lazy layer") { _ = LazyLayer().parameters },
        Misuse("lazy layers in an array") { LazyList().eval() },
        Misuse("lazy layers in an optional dictionary") { _ = LazyMap().summary() },
        Misuse("a lazy tensor") { LazyTensor().zeroGradients() },
        Misuse("a lazy layer of a struct in a tuple") { _ = try? Outside().parameterBytes },
        Misuse("layers in a set") { _ = Unordered().parameters },
    ]
}

@Suite("A layer's properties", .inTurns) struct ReflectionTests {
    @Test("are found wherever they are held, and named by the way there") func names() throws {
        let model = Everything()
        let holder = { (path: String) in
            [
                "\(path).scale", "\(path).hidden.weight", "\(path).deeper.0.pair.0.weight",
                "\(path).deeper.0.pair.right.weight", "\(path).deeper.1.pair.0.weight",
                "\(path).deeper.1.pair.right.weight",
            ]
        }
        let names = model.namedParameters.map(\.name)
        let expected =
            [
                "pair.0.weight", "pair.1.weight", "labeled.left.weight", "optionalPair.0.weight",
                "optionalPair.1.weight", "head.one.weight", "heads.1.two.0.weight", "heads.1.two.1.weight",
                "heads.2.labeled.inner.weight", "nestedHead.nested.one.weight", "block.inner.weight",
                "any.weight", "result.success.weight", "start.hidden", "shelf.0.weight", "shelf.1.weight",
                "slice.0.weight", "wrapped.weight", "wrappedPair.0.weight", "wrappedPair.1.weight",
            ] + holder("holder") + holder("holders.a.0") + holder("holders.b.0")
        #expect(Set(names) == Set(expected))
        #expect(names.count == expected.count)

        // All that asks for parameters asks for these.
        #expect(try Safetensors(bytes: model.parameterBytes).tensors.map(\.name) == names)
        #expect(model.summary().rows[0].parameterCount == model.parameterCount)
        for parameter in model.parameters { parameter.gradient = Tensor.ones(like: parameter) }
        model.zeroGradients()
        #expect(model.parameters.allSatisfy { $0.gradient == nil })
        model.eval()
        #expect(!model.labeled.right.mode.isTraining)
        guard case .labeled(_, let dropout) = model.heads[2] else { throw CancellationError() }
        #expect(!dropout.mode.isTraining)
        model.train()
        #expect(model.labeled.right.mode.isTraining && dropout.mode.isTraining)
    }

    @Test("may lead back to the layer itself") func circles() {
        let root = Tree()
        root.children = [Tree(), Tree()]
        for child in root.children { child.parent = root }
        root.log.owner = root
        #expect(
            root.namedParameters.map(\.name) == [
                "own.weight", "children.0.own.weight", "children.1.own.weight",
            ]
        )
        root.eval()
        #expect(root.summary().rows.count == 6)
    }

    @Test("that belong to an optimizer are not the model's again") func optimizers() {
        #expect(Owner().namedParameters.map(\.name) == ["own.weight", "inner.weight"])
    }

    @Test("that are lazy are no trouble once they are there, or if they could not be layers") func lazyOnes()
    {
        var model = Refused.LazyLayer()
        _ = model.later
        #expect(model.namedParameters.map(\.name) == ["later.weight"])
        #expect(Refused.LazyRest().namedParameters.map(\.name) == ["own.weight"])
    }

    @Test("that would be left out are refused by name") func refusals() async {
        var sentences: [String] = []
        for index in Refused.all.indices {
            let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                [index = index as Int] in
                Refused.all[index].run()
            }
            sentences.append(message(of: result))
        }
        let lazy = { (layer: String, name: String) in
            "\(layer): \(name) is lazy and was not used yet, so that it is no parameter yet, and an optimizer made now would "
                + "not train it. Declare it with let, or use it once before."
        }
        #expect(
            sentences == [
                lazy("LazyLayer", "later"), lazy("LazyList", "later"), lazy("LazyMap", "later"),
                lazy("LazyTensor", "later"), lazy("Outside", "inside.0.later"),
                "Unordered: members is a Set of layers, which has no order of its own, so that its parameters would have no "
                    + "names. Make it an array or a dictionary.",
            ]
        )
    }
}
