// 07-telling-sentences-apart.md as the one program that it is. In a checkout of Unroll, after ./unroll build:
//   swiftc -swift-version 5 -I .build/release/Modules -L .build/release -lNotebook -lm -Xlinker -rpath -Xlinker "$PWD/.build/release" -o lesson site/downloads/07-telling-sentences-apart.swift && ./lesson
import Notebook
let notebook = Notebook.LessonProgram()

#sourceLocation(file: "lessons/07-telling-sentences-apart.md", line: 21)
Notebook.beginCell("picture", of: notebook)
#sourceLocation(file: "lessons/07-telling-sentences-apart.md", line: 21)
Notebook.show(
FlowDiagram("From a sentence to a class") {
    FlowStep("Words", detail: "the film was not great", shape: .data)
    FlowStep("Numbers", detail: "a place in the vocabulary")
    FlowStep("Embedding", detail: "a learned vector for each word")
    FlowStep(
        "Recurrent layer", detail: "a state, updated word by word",
        shape: .memory)
    FlowStep("Linear layer", detail: "of the last state only")
    FlowStep("Two scores", detail: "friendly, unfriendly", shape: .terminal)
})

#sourceLocation(file: "lessons/07-telling-sentences-apart.md", line: 42)
Notebook.beginCell("sentences", of: notebook)
let sentences = [
    "I love machine learning", "deep learning is great",
    "I hate spam emails", "phishing attacks are bad",
].map(Vocabulary.words(of:))
let labels = IntTensor([0, 0, 1, 1])

let vocabulary = Vocabulary(sentences, unknown: nil)
let numbers = IntTensor(sentences.map { vocabulary.encode($0) })
#sourceLocation(file: "lessons/07-telling-sentences-apart.md", line: 50)
Notebook.show(
Table(
    columns: ["sentence", "as numbers"],
    rows: (0..<4).map { row in
        [
            sentences[row].joined(separator: " "),
            "\(vocabulary.encode(sentences[row]))",
        ]
    }))

#sourceLocation(file: "lessons/07-telling-sentences-apart.md", line: 67)
Notebook.beginCell("tutorial-numbers", of: notebook)
let x = IntTensor([
    [1, 2, 3, 4], [5, 6, 7, 8],
    [1, 9, 10, 11], [12, 13, 14, 15],
])

#sourceLocation(file: "lessons/07-telling-sentences-apart.md", line: 80)
Notebook.beginCell("model", of: notebook)
struct Classifier: Layer {
    let embedding: Embedding
    let rnn: RNN
    let fc: Linear

    init(wordCount: Int, hiddenSize: Int = 8) {
        embedding = Embedding(count: wordCount, size: 8)
        rnn = RNN(inputSize: 8, hiddenSize: hiddenSize, batchFirst: true)
        fc = Linear(inputSize: hiddenSize, outputSize: 2)
    }

    func callAsFunction(_ words: IntTensor) -> Tensor {
        let (output, _) = rnn(embedding(words))  // [batch, time, hidden]
        return fc(output[.all, -1])  // [batch, 2]
    }
}

#sourceLocation(file: "lessons/07-telling-sentences-apart.md", line: 105)
Notebook.beginCell("{swift} 1", of: notebook)
#sourceLocation(file: "lessons/07-telling-sentences-apart.md", line: 105)
Notebook.show(
         about(log(2.0)))

#sourceLocation(file: "lessons/07-telling-sentences-apart.md", line: 121)
Notebook.beginCell("train", of: notebook)
func train(
    _ model: Classifier, _ x: IntTensor, _ y: IntTensor,
    epochs: Int, batchSize: Int
) -> [Float] {
    let loader = DataLoader(
        TensorDataset(x, y), batchSize: batchSize, shuffle: true)
    let optimizer = Adam(model.parameters, learningRate: 0.01)
    var losses: [Float] = []
    for _ in 0..<epochs {
        for (words, classes) in loader {
            let loss = crossEntropy(model(words), classes)
            optimizer.zeroGradients()
            loss.backward()
            optimizer.step()
            losses.append(loss.item)
        }
    }
    return losses
}

#sourceLocation(file: "lessons/07-telling-sentences-apart.md", line: 143)
Notebook.beginCell("four", of: notebook)
manualSeed(0)
let model = Classifier(wordCount: 16)
let before = model.embedding.weight.detached().copied()
let losses = train(model, x, labels, epochs: 20, batchSize: 2)
for epoch in [5, 10, 15, 20] {
    print("epoch \(epoch): last batch's loss \(losses[2 * epoch - 1])")
}

#sourceLocation(file: "lessons/07-telling-sentences-apart.md", line: 153)
Notebook.beginCell("second-seed", of: notebook)
let secondLosses: [Float] = {
    manualSeed(1)
    return train(
        Classifier(wordCount: 16), x, labels, epochs: 20, batchSize: 2)
}()

#sourceLocation(file: "lessons/07-telling-sentences-apart.md", line: 161)
Notebook.beginCell("trace", of: notebook)
show(
    Table(
        columns: ["step", "seed 0", "seed 1"],
        rows: losses.indices.map { Row($0 + 1, losses[$0], secondLosses[$0]) }))

#sourceLocation(file: "lessons/07-telling-sentences-apart.md", line: 168)
Notebook.beginCell("loss", of: notebook)
#sourceLocation(file: "lessons/07-telling-sentences-apart.md", line: 168)
Notebook.show(
Chart("Loss on four sentences") {
    for (seed, trace) in [losses, secondLosses].enumerated() {
        for (step, loss) in trace.enumerated() {
            LineMark(x: .value("step", step + 1), y: .value("loss", loss))
                .foregroundStyle(by: .value("seed", "seed \(seed)"))
        }
    }
    RuleMark(y: .value("guessing", log(Float(2))))
})

#sourceLocation(file: "lessons/07-telling-sentences-apart.md", line: 184)
Notebook.beginCell("test", of: notebook)
let scores = withoutGradients { model(x) }
let classes = scores.argmax(axis: 1)
require(
    zip(classes.scalars, labels.scalars).allSatisfy { Int($0) == $1 },
    "all four are right")
#sourceLocation(file: "lessons/07-telling-sentences-apart.md", line: 189)
Notebook.show(
Table(
    columns: ["sentence", "friendly", "unfriendly", "says"],
    rows: (0..<4).map { row in
        let p = softmax(scores[row], axis: 0)
        return Row(
            sentences[row].joined(separator: " "), about(p[0].item),
            about(p[1].item), Int(classes.scalars[row]))
    }))

#sourceLocation(file: "lessons/07-telling-sentences-apart.md", line: 208)
Notebook.beginCell("embeddings-before", of: notebook)
let tutorialWords = [
    "(none)", "I", "love", "machine", "learning",
    "deep", "learning 2", "is", "great", "hate", "spam", "emails",
    "phishing", "attacks", "are", "bad",
]
let kinds = (0..<16).map { word in
    word == 0 ? "never used"
        : word == 1 ? "both" : word < 9 ? "class 0" : "class 1"
}

func rows(_ weight: Tensor) -> [[Float]] {
    (0..<weight.shape[0]).map { weight[$0].scalars }
}

#sourceLocation(file: "lessons/07-telling-sentences-apart.md", line: 222)
Notebook.show(
EmbeddingMap("Before", rows(before), named: tutorialWords, kinds: kinds))

#sourceLocation(file: "lessons/07-telling-sentences-apart.md", line: 226)
Notebook.beginCell("embeddings-after", of: notebook)
#sourceLocation(file: "lessons/07-telling-sentences-apart.md", line: 226)
Notebook.show(
EmbeddingMap(
    "After", rows(model.embedding.weight),
    named: tutorialWords, kinds: kinds))

#sourceLocation(file: "lessons/07-telling-sentences-apart.md", line: 232)
Notebook.beginCell("moved", of: notebook)
let moved = model.embedding.weight.detached() - before
let movement = sqrt(moved.pow(2).mean().item)
let scale = sqrt(before.pow(2).mean().item)
require(movement < scale / 2, "the vectors moved by less than half")
#sourceLocation(file: "lessons/07-telling-sentences-apart.md", line: 236)
Notebook.show(
movement / scale)

#sourceLocation(file: "lessons/07-telling-sentences-apart.md", line: 239)
Notebook.beginCell("{swift} 2", of: notebook)
#sourceLocation(file: "lessons/07-telling-sentences-apart.md", line: 239)
Notebook.show(
                                         about(movement / scale))

#sourceLocation(file: "lessons/07-telling-sentences-apart.md", line: 249)
Notebook.beginCell("grammar", of: notebook)
let starts = ["the", "this", "our", "that"]
let things = [
    "film", "phone", "book", "song", "lesson", "meal", "game", "train",
]
let verbs = ["is", "was", "seems", "looks"]
let good = ["great", "lovely", "brilliant", "useful", "charming", "superb"]
let bad = ["bad", "awful", "boring", "useless", "dreadful", "broken"]

var world: [(words: [String], label: Int)] = []
for start in starts {
    for thing in things {
        for verb in verbs {
            for adverb in ["really", "not"] {
                for adjective in good + bad {
                    let isGood = good.contains(adjective)
                    let isFriendly = isGood != (adverb == "not")
                    let words = [start, thing, verb, adverb, adjective]
                    world.append((words, isFriendly ? 0 : 1))
                }
            }
        }
    }
}

#sourceLocation(file: "lessons/07-telling-sentences-apart.md", line: 274)
Notebook.beginCell("{swift} 3", of: notebook)
#sourceLocation(file: "lessons/07-telling-sentences-apart.md", line: 274)
Notebook.show(
                    world.count)

#sourceLocation(file: "lessons/07-telling-sentences-apart.md", line: 278)
Notebook.beginCell("split", of: notebook)
let words = Vocabulary(world.map(\.words), padding: nil, unknown: nil)

func tensors(
    _ part: [(words: [String], label: Int)]
) -> (IntTensor, IntTensor) {
    let numbers = part.map { words.encode($0.words) }
    return (IntTensor(numbers), IntTensor(part.map(\.label)))
}

func accuracy(
    _ model: Classifier, _ x: IntTensor, _ y: IntTensor
) -> Double {
    let answers = withoutGradients { model(x) }.argmax(axis: 1).scalars
    let right = zip(answers, y.scalars).filter { Int($0) == $1 }.count
    return Double(right) / Double(y.count)
}

#sourceLocation(file: "lessons/07-telling-sentences-apart.md", line: 297)
Notebook.beginCell("held-out", of: notebook)
struct Trial {
    var size: Int
    var seed: Int
    var training: Double
    var heldOut: Double
    var model: Classifier
    var start: Tensor
}

func trial(size: Int, seed: Int) -> Trial {
    manualSeed(seed)
    let order = Generator.default.permutation(world.count)
    let (testX, testY) = tensors(order.suffix(500).map { world[$0] })
    let (x, y) = tensors(order.prefix(size).map { world[$0] })
    let model = Classifier(wordCount: words.count, hiddenSize: 16)
    let start = model.embedding.weight.detached().copied()
    _ = train(model, x, y, epochs: 20, batchSize: size < 64 ? 2 : 8)
    return Trial(
        size: size, seed: seed, training: accuracy(model, x, y),
        heldOut: accuracy(model, testX, testY), model: model, start: start)
}

#sourceLocation(file: "lessons/07-telling-sentences-apart.md", line: 323)
Notebook.beginCell("sizes", of: notebook)
let sizes = [4, 16, 64, 128, 256]
let trials = sizes.flatMap { size in (0..<3).map { trial(size: size, seed: $0) } }

#sourceLocation(file: "lessons/07-telling-sentences-apart.md", line: 326)
Notebook.show(
Chart("Accuracy by number of training sentences") {
    for trial in trials {
        let size = PlottableValue.value("training sentences", trial.size)
        PointMark(x: size, y: .value("accuracy", trial.training))
            .foregroundStyle(by: .value("sentences", "seen"))
        PointMark(x: size, y: .value("accuracy", trial.heldOut))
            .foregroundStyle(by: .value("sentences", "held out"))
    }
    RuleMark(y: .value("guessing", 0.5))
}
.xScale(.log))

#sourceLocation(file: "lessons/07-telling-sentences-apart.md", line: 340)
Notebook.beginCell("claims", of: notebook)
let fewest = trials.filter { $0.size == 4 }
let most = trials.filter { $0.size == 256 }
require(trials.allSatisfy { $0.training == 1 }, "all know their own sentences")
require(fewest.allSatisfy { $0.heldOut < 0.6 }, "four sentences teach nothing")
require(most.allSatisfy { $0.heldOut > 0.95 }, "256 sentences teach the rule")
#sourceLocation(file: "lessons/07-telling-sentences-apart.md", line: 345)
Notebook.show(
Table(
    columns: ["training sentences", "seed 0", "seed 1", "seed 2"],
    rows: sizes.map { size in
        let own = trials.filter { $0.size == size }
        return Row(size, own[0].heldOut, own[1].heldOut, own[2].heldOut)
    }))

#sourceLocation(file: "lessons/07-telling-sentences-apart.md", line: 354)
Notebook.beginCell("{swift} 4", of: notebook)
#sourceLocation(file: "lessons/07-telling-sentences-apart.md", line: 354)
Notebook.show(
                                     about(fewest.map(\.heldOut).min()!))

#sourceLocation(file: "lessons/07-telling-sentences-apart.md", line: 354)
Notebook.beginCell("{swift} 5", of: notebook)
#sourceLocation(file: "lessons/07-telling-sentences-apart.md", line: 354)
Notebook.show(
                                                                                       about(fewest.map(\.heldOut).max()!))

#sourceLocation(file: "lessons/07-telling-sentences-apart.md", line: 354)
Notebook.beginCell("{swift} 6", of: notebook)
#sourceLocation(file: "lessons/07-telling-sentences-apart.md", line: 354)
Notebook.show(
                                                                                                                                                                 world.count / 256)

#sourceLocation(file: "lessons/07-telling-sentences-apart.md", line: 355)
Notebook.beginCell("{swift} 7", of: notebook)
#sourceLocation(file: "lessons/07-telling-sentences-apart.md", line: 355)
Notebook.show(
                                                 about(most.map(\.heldOut).min()!))

#sourceLocation(file: "lessons/07-telling-sentences-apart.md", line: 366)
Notebook.beginCell("world-before", of: notebook)
let wordKinds = words.words.map { word in
    good.contains(word) ? "friendly" : bad.contains(word) ? "unfriendly" : "other"
}
let named = words.words
#sourceLocation(file: "lessons/07-telling-sentences-apart.md", line: 370)
Notebook.show(
EmbeddingMap(
    "Before", rows(most[0].start), named: named, kinds: wordKinds))

#sourceLocation(file: "lessons/07-telling-sentences-apart.md", line: 375)
Notebook.beginCell("world-after", of: notebook)
#sourceLocation(file: "lessons/07-telling-sentences-apart.md", line: 375)
Notebook.show(
EmbeddingMap(
    "After", rows(most[0].model.embedding.weight),
    named: named, kinds: wordKinds))

#sourceLocation(file: "lessons/07-telling-sentences-apart.md", line: 387)
Notebook.beginCell("gap", of: notebook)
func gap(_ weight: Tensor) -> Float {
    let table = rows(weight)
    let centers = [good, bad].map { group -> [Float] in
        let members = group.map { table[words[$0]!] }
        return (0..<8).map { i in members.map { $0[i] }.reduce(0, +) / 6 }
    }
    let squares = (0..<8).map { i in
        let difference = centers[0][i] - centers[1][i]
        return difference * difference
    }
    return sqrt(squares.reduce(0, +)) / sqrt(weight.pow(2).mean().item * 8)
}

let gaps = most.map {
    (before: gap($0.start), after: gap($0.model.embedding.weight))
}
require(gaps.allSatisfy { $0.after > $0.before }, "the groups part in every run")
#sourceLocation(file: "lessons/07-telling-sentences-apart.md", line: 404)
Notebook.show(
Table(
    columns: ["seed", "before", "after"],
    rows: gaps.enumerated().map {
        Row($0.offset, about($0.element.before), about($0.element.after))
    }))

#sourceLocation(file: "lessons/07-telling-sentences-apart.md", line: 422)
Notebook.beginCell("negation", of: notebook)
  let pair = ["the film was really great", "the film was not great"]
  let pairNumbers = IntTensor(pair.map {
      words.encode(Vocabulary.words(of: $0))
  })
  let answers = most.map { $0.model(pairNumbers).argmax(axis: 1).scalars }
  require(answers.allSatisfy { $0 == [0, 1] }, "all read it")
#sourceLocation(file: "lessons/07-telling-sentences-apart.md", line: 428)
Notebook.show(
  Table(
      columns: ["sentence", "seed 0", "seed 1", "seed 2"],
      rows: pair.indices.map { row in
          let classes = answers.map { $0[row] }
          return [pair[row]]
              + classes.map { $0 == 0 ? "friendly" : "unfriendly" }
      }))

#sourceLocation(file: "lessons/07-telling-sentences-apart.md", line: 444)
Notebook.beginCell("random-labels", of: notebook)
  let memorized = (0..<3).map { seed -> Double in
      manualSeed(seed)
      let order = Generator.default.permutation(world.count)
      let (x, _) = tensors(order.prefix(16).map { world[$0] })
      let y = IntTensor(Generator.default.integers(16, in: 0..<2))
      let model = Classifier(
          wordCount: words.count, hiddenSize: 16)
      _ = train(model, x, y, epochs: 60, batchSize: 2)
      return accuracy(model, x, y)
  }
  require(memorized.min()! > 0.9, "learned all the same")
#sourceLocation(file: "lessons/07-telling-sentences-apart.md", line: 455)
Notebook.show(
  Table(
      columns: ["random labels", "seed 0", "seed 1", "seed 2"],
      rows: [["right"] + memorized.map { about($0) }]))

#sourceLocation(file: "lessons/07-telling-sentences-apart.md", line: 468)
Notebook.beginCell("solution-told", of: notebook)
  var told: [(words: [String], label: Int)] = []
  for (words, label) in world {
      told.append((["they", "say"] + words, label))
      told.append((["nobody", "says"] + words, 1 - label))
  }
  let toldWords = Vocabulary(
      told.map(\.words), padding: nil, unknown: nil)

  func toldTrial(size: Int, seed: Int) -> Double {
      manualSeed(seed)
      let order = Generator.default.permutation(told.count)
      func part(
          _ places: ArraySlice<Int>
      ) -> (IntTensor, IntTensor) {
          let part = places.map { told[$0] }
          let numbers = part.map { toldWords.encode($0.words) }
          return (IntTensor(numbers), IntTensor(part.map(\.label)))
      }
      let (testX, testY) = part(order.suffix(500))
      let (x, y) = part(order.prefix(size))
      let model = Classifier(
          wordCount: toldWords.count, hiddenSize: 16)
      _ = train(model, x, y, epochs: 20, batchSize: 8)
      return accuracy(model, testX, testY)
  }

#sourceLocation(file: "lessons/07-telling-sentences-apart.md", line: 496)
Notebook.beginCell("solution-told-table", of: notebook)
  let toldFew = (0..<3).map { toldTrial(size: 256, seed: $0) }
  let toldMany = (0..<3).map { toldTrial(size: 1024, seed: $0) }
  require(toldFew.min()! < 0.7, "with 256 some still guess")
  require(toldMany.min()! > 0.95, "with 1024 none does")
  let columns = ["sentences", "seed 0", "seed 1", "seed 2"]
#sourceLocation(file: "lessons/07-telling-sentences-apart.md", line: 501)
Notebook.show(
  Table(columns: columns, rows: [
      Row(256) + toldFew.map { about($0) },
      Row(1024) + toldMany.map { about($0) },
  ]))

#sourceLocation(file: "lessons/07-telling-sentences-apart.md", line: 507)
Notebook.beginCell("{swift} 8", of: notebook)
#sourceLocation(file: "lessons/07-telling-sentences-apart.md", line: 507)
Notebook.show(
                                                              told.count / 1024)

#sourceLocation()
Notebook.endLesson(notebook)
