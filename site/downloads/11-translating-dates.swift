// 11-translating-dates.md as the one program that it is. In a checkout of Unroll, after ./unroll build:
//   swiftc -swift-version 5 -I .build/release/Modules -L .build/release -lNotebook -lm -Xlinker -rpath -Xlinker "$PWD/.build/release" -o lesson site/downloads/11-translating-dates.swift && ./lesson
import Notebook
let notebook = Notebook.LessonProgram()

#sourceLocation(file: "lessons/11-translating-dates.md", line: 25)
Notebook.beginCell("question", of: notebook)
#sourceLocation(file: "lessons/11-translating-dates.md", line: 25)
Notebook.show(
FlowDiagram("From one spelling to another") {
    FlowStep("the 3rd of march 2021", shape: .data)
    FlowStep("Encoder", detail: "reads letter by letter", shape: .memory)
    FlowStep("?", detail: "what does the decoder get to see?")
    FlowStep("Decoder", detail: "writes letter by letter", shape: .memory)
    FlowStep("2021-03-03", shape: .data)
    FlowArrow(from: "2021-03-03", to: "Decoder", label: "fed back")
})

#sourceLocation(file: "lessons/11-translating-dates.md", line: 40)
Notebook.beginCell("day", of: notebook)
let months = [
    "january", "february", "march", "april", "may", "june", "july", "august",
    "september", "october", "november", "december",
]

struct Day {
    var year: Int, month: Int, day: Int

    var standard: String {
        func two(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }
        return "\(year)-\(two(month))-\(two(day))"
    }

    var spellings: [String] {
        let name = months[month - 1]
        let endings = [
            1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st",
        ]
        return [
            "\(day) \(name) \(year)", "\(name) \(day), \(year)",
            "the \(day)\(endings[day] ?? "th") of \(name) \(year)",
            "\(name.prefix(3)) \(day) \(year)", "\(day).\(month).\(year)",
        ]
    }
}

#sourceLocation(file: "lessons/11-translating-dates.md", line: 68)
Notebook.beginCell("spellings", of: notebook)
#sourceLocation(file: "lessons/11-translating-dates.md", line: 68)
Notebook.show(
Table(
    columns: ["as people write it", "as machines do"],
    rows: Day(year: 2021, month: 3, day: 3).spellings.map { [$0, "2021-03-03"] }))

#sourceLocation(file: "lessons/11-translating-dates.md", line: 77)
Notebook.beginCell("split", of: notebook)
var all: [Day] = []
for year in 1950...2049 {
    for month in 1...12 {
        let length = [4, 6, 9, 11].contains(month) ? 30 : 31
        for day in 1...(month == 2 ? (year % 4 == 0 ? 29 : 28) : length) {
            all.append(Day(year: year, month: month, day: day))
        }
    }
}

manualSeed(0)
let order = Generator.default.permutation(all.count)
let training = order[0..<3000].map { all[$0] }
let unseen = order[3000..<3400].map { all[$0] }
let exam = unseen.enumerated().map { (text: $1.spellings[$0 % 5], day: $1) }
#sourceLocation(file: "lessons/11-translating-dates.md", line: 92)
Notebook.show(
Table(columns: ["days", "for training", "for the examination"], rows: [
    Row(all.count, training.count, exam.count)
]))

#sourceLocation(file: "lessons/11-translating-dates.md", line: 104)
Notebook.beginCell("letters", of: notebook)
func letters(_ text: String) -> [String] { text.map { String($0) } }

let read = Vocabulary(training.flatMap(\.spellings).map(letters), unknown: nil)
let written = Vocabulary([letters("<-0123456789")], padding: nil, unknown: nil)

struct Batch {
    var source: IntTensor  // [batch, time]
    var padding: Tensor  // [batch, 1, time], 1 where the source has ended
    var targets: [[Int]]
}

func batch(_ pairs: [(text: String, day: Day)]) -> Batch {
    let (source, _) = padded(pairs.map { read.encode(letters($0.text)) })
    let width = source[0].count
    let isPadding = source.flatMap { row in row.map { Float($0 == 0 ? 1 : 0) } }
    return Batch(
        source: IntTensor(source),
        padding: Tensor(shape: [pairs.count, 1, width], scalars: isPadding),
        targets: pairs.map { written.encode(letters($0.day.standard)) })
}

#sourceLocation(file: "lessons/11-translating-dates.md", line: 126)
Notebook.beginCell("{swift} 1", of: notebook)
#sourceLocation(file: "lessons/11-translating-dates.md", line: 126)
Notebook.show(
                                 read.count)

#sourceLocation(file: "lessons/11-translating-dates.md", line: 126)
Notebook.beginCell("{swift} 2", of: notebook)
#sourceLocation(file: "lessons/11-translating-dates.md", line: 126)
Notebook.show(
                                                                                                           written.count)

#sourceLocation(file: "lessons/11-translating-dates.md", line: 135)
Notebook.beginCell("encoder", of: notebook)
struct Encoder: Layer {
    let letters = Embedding(count: read.count, size: 16)
    let gru = GRU(
        inputSize: 16, hiddenSize: 32, batchFirst: true, bidirectional: true)
    let bridge = Linear(inputSize: 64, outputSize: 64)

    func callAsFunction(
        _ source: IntTensor
    ) -> (memory: Tensor, start: HiddenState) {
        let (memory, last) = gru(letters(source))  // [batch, time, 64]
        let both = concatenated([last.hidden[0], last.hidden[1]], axis: 1)
        return (memory, HiddenState(tanh(bridge(both)).unsqueezed(axis: 0)))
    }
}

#sourceLocation(file: "lessons/11-translating-dates.md", line: 158)
Notebook.beginCell("decoder", of: notebook)
struct Decoder: Layer {
    let letters = Embedding(count: written.count, size: 16)
    let gru = GRU(inputSize: 16, hiddenSize: 64, batchFirst: true)
    let attention: Attention?
    let head: Linear

    init(attends: Bool) {
        attention = attends ? Attention() : nil
        head = Linear(
            inputSize: attends ? 128 : 64, outputSize: written.count)
    }

    func callAsFunction(
        _ soFar: IntTensor, _ state: HiddenState,
        _ memory: Tensor, _ padding: Tensor
    ) -> (scores: Tensor, state: HiddenState, weights: Tensor?) {
        let (output, next) = gru(letters(soFar), state)  // [batch, written, 64]
        guard let attention else { return (head(output), next, nil) }
        let (context, weights) = attention(output, memory, padding)
        return (head(concatenated([output, context], axis: 2)), next, weights)
    }
}

#sourceLocation(file: "lessons/11-translating-dates.md", line: 189)
Notebook.beginCell("forcing", of: notebook)
let example = letters("2021-03-03")
#sourceLocation(file: "lessons/11-translating-dates.md", line: 190)
Notebook.show(
Table(columns: ["step"] + (1...10).map { "\($0)" }, rows: [
    ["reads"] + ["<"] + example.dropLast(),
    ["should write"] + example,
]))

#sourceLocation(file: "lessons/11-translating-dates.md", line: 201)
Notebook.beginCell("translator", of: notebook)
struct Translator: Layer {
    let encoder = Encoder()
    let decoder: Decoder

    init(attends: Bool) { decoder = Decoder(attends: attends) }

    /// The loss with the right letters as input.
    func loss(_ batch: Batch) -> Tensor {
        let (memory, start) = encoder(batch.source)
        let forced = IntTensor(batch.targets.map { [0] + $0.dropLast() })
        let scores = decoder(forced, start, memory, batch.padding).scores
        return crossEntropy(
            scores.reshaped([-1, written.count]),
            IntTensor(batch.targets.flatMap { $0 }))
    }
}

#sourceLocation(file: "lessons/11-translating-dates.md", line: 220)
Notebook.beginCell("translate", of: notebook)
/// Ten letters, each the likeliest one, and read before the next is written.
func translate(
    _ model: Translator, _ pairs: [(text: String, day: Day)]
) -> (texts: [String], weights: [Tensor]) {
    let batch = batch(pairs)
    var (memory, state) = withoutGradients { model.encoder(batch.source) }
    var letter = IntTensor.zeros([pairs.count, 1])
    var texts = [String](repeating: "", count: pairs.count)
    var weights: [Tensor] = []
    for _ in 0..<10 {
        let step = withoutGradients {
            model.decoder(letter, state, memory, batch.padding)
        }
        state = step.state
        letter = step.scores.argmax(axis: 2)
        for (row, number) in letter.scalars.enumerated() {
            texts[row] += written.words[number]
        }
        if let seen = step.weights { weights.append(seen[.all, 0]) }
    }
    return (texts, weights)
}

#sourceLocation(file: "lessons/11-translating-dates.md", line: 250)
Notebook.beginCell("exact-matches", of: notebook)
func exactMatches(
    _ texts: [String], _ pairs: [(text: String, day: Day)]
) -> Double {
    let right = zip(texts, pairs).filter { $0 == $1.day.standard }.count
    return Double(right) / Double(pairs.count)
}

func grade(_ model: Translator) -> Double {
    exactMatches(translate(model, exam).texts, exam)
}

#sourceLocation(file: "lessons/11-translating-dates.md", line: 263)
Notebook.beginCell("train", of: notebook)
func train(
    attends: Bool, seed: Int
) -> (model: Translator, curve: [(step: Int, matches: Double)]) {
    manualSeed(seed)
    let model = Translator(attends: attends)
    let optimizer = Adam(model.parameters, learningRate: 0.01)
    var curve = [(step: 0, matches: grade(model))]
    for step in 1...200 {
        let picks = Generator.default.integers(32, in: 0..<training.count)
        let kinds = Generator.default.integers(32, in: 0..<5)
        let loss = model.loss(batch(zip(picks, kinds).map {
            (training[$0].spellings[$1], training[$0])
        }))
        optimizer.zeroGradients()
        loss.backward()
        clipGradients(model.parameters, norm: 1)
        optimizer.step()
        if step % 20 == 0 { curve.append((step, grade(model))) }
    }
    return (model, curve)
}

#sourceLocation(file: "lessons/11-translating-dates.md", line: 287)
Notebook.beginCell("blind", of: notebook)
let blind = (0..<3).map { train(attends: false, seed: $0) }
let attempts = blind.map { translate($0.model, exam).texts }
#sourceLocation(file: "lessons/11-translating-dates.md", line: 289)
Notebook.show(
Table(
    columns: ["source", "seed 0", "seed 1", "seed 2"],
    rows: (0..<5).map { row in [exam[row].text] + attempts.map { $0[row] } }))

#sourceLocation(file: "lessons/11-translating-dates.md", line: 295)
Notebook.beginCell("blind-claims", of: notebook)
let blindMatches = blind.map { $0.curve.last!.matches }
require(blindMatches.allSatisfy { $0 < 0.05 }, "nearly all is wrong")

let real = attempts.joined().filter { text in
    let parts = text.split(separator: "-").map { Int($0)! }
    return parts.count == 3 && (1...12).contains(parts[1])
        && (1...31).contains(parts[2])
}
require(real.count > 1140, "but nearly all are dates")
for texts in attempts {
    let ends = Dictionary(grouping: texts) { $0.suffix(2) }
    let commonest = ends.values.map(\.count).sorted().suffix(3)
    require(commonest.reduce(0, +) > texts.count / 2, "the day hardly changes")
}
#sourceLocation(file: "lessons/11-translating-dates.md", line: 309)
Notebook.show(
Table(columns: ["answers", "dates", "right, seed 0", "seed 1", "seed 2"], rows: [
    Row(3 * exam.count, real.count)
        + blindMatches.map { about(100 * $0) + " %" }
]))

#sourceLocation(file: "lessons/11-translating-dates.md", line: 316)
Notebook.beginCell("{swift} 3", of: notebook)
#sourceLocation(file: "lessons/11-translating-dates.md", line: 316)
Notebook.show(
         about(100 * blindMatches.max()!))

#sourceLocation(file: "lessons/11-translating-dates.md", line: 338)
Notebook.beginCell("attention", of: notebook)
struct Attention: Layer {
    let query = Linear(inputSize: 64, outputSize: 64, bias: false)

    func callAsFunction(
        _ states: Tensor, _ memory: Tensor, _ padding: Tensor
    ) -> (context: Tensor, weights: Tensor) {
        let q = query(states)  // [batch, written, 64]
        let comparisons = q.matmul(memory.transposed(1, 2)) / 8 - padding * 1e4
        let weights = softmax(comparisons, axis: 2)  // [batch, written, time]
        return (weights.matmul(memory), weights)
    }
}

#sourceLocation(file: "lessons/11-translating-dates.md", line: 356)
Notebook.beginCell("seeing", of: notebook)
let seeing = (0..<3).map { train(attends: true, seed: $0) }
let matches = seeing.map { $0.curve.last!.matches }
require(matches.allSatisfy { $0 > 0.95 }, "with attention nearly all is right")
#sourceLocation(file: "lessons/11-translating-dates.md", line: 359)
Notebook.show(
Table(
    columns: ["seed", "exact matches without attention", "with attention"],
    rows: (0..<3).map { Row($0, blindMatches[$0], matches[$0]) }))

#sourceLocation(file: "lessons/11-translating-dates.md", line: 365)
Notebook.beginCell("curves", of: notebook)
require(
    blind.allSatisfy { $0.curve.allSatisfy { $0.matches < 0.05 } },
    "without attention none takes off")
#sourceLocation(file: "lessons/11-translating-dates.md", line: 368)
Notebook.show(
Chart("Exact matches on unseen days") {
    for (kind, runs) in [("without attention", blind), ("with attention", seeing)] {
        for (seed, run) in runs.enumerated() {
            for point in run.curve {
                LineMark(
                    x: .value("step", point.step),
                    y: .value("exact matches", point.matches),
                    series: .value("run", "\(kind) \(seed)")
                )
                .foregroundStyle(by: .value("kind", kind))
            }
        }
    }
})

#sourceLocation(file: "lessons/11-translating-dates.md", line: 384)
Notebook.beginCell("{swift} 4", of: notebook)
#sourceLocation(file: "lessons/11-translating-dates.md", line: 384)
Notebook.show(
                                          about(100 * matches.min()!))

#sourceLocation(file: "lessons/11-translating-dates.md", line: 384)
Notebook.beginCell("{swift} 5", of: notebook)
#sourceLocation(file: "lessons/11-translating-dates.md", line: 384)
Notebook.show(
                                                                                    about(100 * matches.max()!))

#sourceLocation(file: "lessons/11-translating-dates.md", line: 385)
Notebook.beginCell("{swift} 6", of: notebook)
#sourceLocation(file: "lessons/11-translating-dates.md", line: 385)
Notebook.show(
         about(100 * Double(training.count) / Double(all.count), digits: 2))

#sourceLocation(file: "lessons/11-translating-dates.md", line: 394)
Notebook.beginCell("matrix", of: notebook)
func attentionMap(_ model: Translator, _ text: String) -> HeatMap {
    let day = Day(year: 2021, month: 3, day: 3)
    let (texts, weights) = translate(model, [(text, day)])
    return HeatMap(
        "Attention: \(text) → \(texts[0])", stacked(weights.map { $0[0] }),
        rows: "Written", named: letters(texts[0]),
        columns: "Read", named: letters(text).map { $0 == " " ? "␣" : $0 },
        values: "Weight")
}

#sourceLocation(file: "lessons/11-translating-dates.md", line: 404)
Notebook.show(
attentionMap(seeing[0].model, "14 march 2021"))

#sourceLocation(file: "lessons/11-translating-dates.md", line: 408)
Notebook.beginCell("matrix-claims", of: notebook)
/// What is written at some places, and where it can be read.
let sources = [(0..<4, 9..<13), (5..<7, 3..<8), (8..<10, 0..<2)]
let march = (text: "14 march 2021", day: Day(year: 2021, month: 3, day: 14))
for run in seeing {
    let weights = translate(run.model, [march]).weights
    for (written, read) in sources {
        for place in written {
            let share = weights[place][0, read].sum().item
            require(share > 0.5, "each part looks at its source")
        }
    }
}

#sourceLocation(file: "lessons/11-translating-dates.md", line: 427)
Notebook.beginCell("matrix-american", of: notebook)
#sourceLocation(file: "lessons/11-translating-dates.md", line: 427)
Notebook.show(
attentionMap(seeing[0].model, "july 9, 1969"))

#sourceLocation(file: "lessons/11-translating-dates.md", line: 434)
Notebook.beginCell("look-claims", of: notebook)
func weightOnYear(_ model: Translator) -> Double {
    let weights = translate(model, exam).weights[3]  // the year's last digit
    let shares = exam.indices.map { row -> Float in
        let end = exam[row].text.count  // every spelling ends with the year
        return weights[row, end - 4..<end].sum().item
    }
    return Double(shares.reduce(0, +)) / Double(shares.count)
}

let onYear = seeing.map { weightOnYear($0.model) }
require(onYear.allSatisfy { $0 > 0.9 }, "nearly all of it lies on the year")
#sourceLocation(file: "lessons/11-translating-dates.md", line: 445)
Notebook.show(
Table(
    columns: ["seed", "weight on the year"],
    rows: onYear.enumerated().map { Row($0, about($1, digits: 6)) }))

#sourceLocation(file: "lessons/11-translating-dates.md", line: 461)
Notebook.beginCell("self-attention", of: notebook)
func selfAttention(_ x: Tensor) -> Tensor {
    let comparisons = x.matmul(x.transposed(0, 1)) / sqrt(Float(x.shape[1]))
    return softmax(comparisons, axis: 1).matmul(x)
}

manualSeed(0)
let places = Tensor.randn([6, 8])
let turned = places.flipped(axis: 0)
let expected = selfAttention(places).flipped(axis: 0)
let difference = selfAttention(turned) - expected
require(abs(difference).max().item < 1e-5, "the output is only turned round")
#sourceLocation(file: "lessons/11-translating-dates.md", line: 472)
Notebook.show(
selfAttention(places).shape)

#sourceLocation(file: "lessons/11-translating-dates.md", line: 509)
Notebook.beginCell("solution-spelling", of: notebook)
  let turnedRound = unseen.map {
      (text: "\($0.year) \(months[$0.month - 1]) \($0.day)", day: $0)
  }
  let surprised = seeing.map {
      let texts = translate($0.model, turnedRound).texts
      return exactMatches(texts, turnedRound)
  }
  require(surprised.allSatisfy { $0 < 0.15 }, "nearly all goes wrong")
#sourceLocation(file: "lessons/11-translating-dates.md", line: 517)
Notebook.show(
  Table(
      columns: ["exact matches", "seed 0", "seed 1", "seed 2"],
      rows: [
          Row("five spellings") + matches, Row("year first") + surprised,
      ]))

#sourceLocation(file: "lessons/11-translating-dates.md", line: 533)
Notebook.beginCell("solution-century", of: notebook)
  let old = unseen.enumerated().map { place, day in
      let year = 1700 + day.year % 100
      let old = Day(year: year, month: day.month, day: day.day)
      return (text: old.spellings[place % 5], day: old)
  }
  let answers = seeing.map { translate($0.model, old).texts }
  let right = answers.map { exactMatches($0, old) }
  require(right.allSatisfy { $0 < 0.6 }, "old years go wrong")
  for texts in answers {
      let copied = texts.filter { $0.hasPrefix("17") }
      require(2 * copied.count > texts.count, "most begin with 17")
  }
#sourceLocation(file: "lessons/11-translating-dates.md", line: 545)
Notebook.show(
  Table(
      columns: ["source", "seed 0", "seed 1", "seed 2"],
      rows: (0..<4).map { row in
          [old[row].text] + answers.map { $0[row] }
      }
          + [["exact matches"] + right.map { about($0) }]))

#sourceLocation(file: "lessons/11-translating-dates.md", line: 562)
Notebook.beginCell("solution-letters", of: notebook)
  func lettersRight(
      _ model: Translator
  ) -> (forced: Double, free: Double) {
      let batch = batch(exam)
      let forced = withoutGradients {
          let (memory, start) = model.encoder(batch.source)
          let inputs = IntTensor(batch.targets.map { [0] + $0.dropLast() })
          return model.decoder(inputs, start, memory, batch.padding)
              .scores.argmax(axis: 2)
      }
      let free = translate(model, exam).texts
          .flatMap { written.encode(letters($0)) }
      let truth = batch.targets.flatMap { $0 }
      func share(_ said: [Int]) -> Double {
          let right = zip(said, truth).filter { $0 == $1 }.count
          return Double(right) / Double(truth.count)
      }
      return (share(forced.scalars), share(free))
  }

#sourceLocation(file: "lessons/11-translating-dates.md", line: 584)
Notebook.beginCell("solution-forcing", of: notebook)
  let shares = (blind + seeing).map { lettersRight($0.model) }
  require(shares.suffix(3).allSatisfy { $0.free > 0.95 }, "hardly any mistakes")
  for blind in shares.prefix(3) {
      require(abs(blind.forced - blind.free) < 0.05, "not much of a difference")
      require(blind.forced < 0.8, "wrong with the right letters, too")
  }
#sourceLocation(file: "lessons/11-translating-dates.md", line: 590)
Notebook.show(
  Table(
      columns: ["network", "true letters as input", "its own"],
      rows: shares.enumerated().map { place, right in
          let kind = place < 3 ? "without" : "with"
          return [
              "\(kind) attention, seed \(place % 3)",
              about(right.forced, digits: 5),
              about(right.free, digits: 5),
          ]
      }))

#sourceLocation()
Notebook.endLesson(notebook)
