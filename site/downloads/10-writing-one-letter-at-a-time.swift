// 10-writing-one-letter-at-a-time.md as the one program that it is. In a checkout of Unroll, after ./unroll build:
//   swiftc -swift-version 5 -I .build/release/Modules -L .build/release -lNotebook -lm -Xlinker -rpath -Xlinker "$PWD/.build/release" -o lesson site/downloads/10-writing-one-letter-at-a-time.swift && ./lesson
import Notebook
let notebook = Notebook.LessonProgram()

#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 22)
Notebook.beginCell("log", of: notebook)
let days = [
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
]
let skies = ["clear", "cloud", "rain", "fog"]
let numbers = ["one", "two", "three", "four", "five"]
let guests = ["a seal", "a whale", "an otter", "a ship"]
let places = ["on the rocks", "in the bay"]

func line(
    _ day: String, _ sky: String, _ n: String, _ guest: String, _ place: String
) -> String {
    let stays = sky == "fog" || day == "sunday"
    let crew = n == "one" ? "one boat" : "\(n) boats"
    let boats = stays ? "no boat out" : "\(crew) out, \(n) home"
    return "\(day), \(sky). \(boats). \(guest) \(place).\n"
}

func keepLog(days count: Int) -> [String] {
    func pick(_ words: [String]) -> String {
        words[Generator.default.integers(1, in: 0..<words.count)[0]]
    }
    return (0..<count).map { day in
        line(days[day % 7], pick(skies), pick(numbers), pick(guests), pick(places))
    }
}

#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 50)
Notebook.beginCell("letters", of: notebook)
manualSeed(0)
let readLines = keepLog(days: 588)
let newLines = keepLog(days: 140)
let alphabet = Set(readLines.joined()).sorted().map { String($0) }
let letterCount = alphabet.count
let vocabulary = Vocabulary([alphabet], padding: nil, unknown: nil)

func encode(_ text: String) -> [Int] {
    vocabulary.encode(text.map { String($0) })
}

let read = encode(readLines.joined())
let new = encode(newLines.joined())

/// How often letter a was followed by letter b in what was read.
let zeros = [Double](repeating: 0, count: letterCount)
var pairs = [[Double]](repeating: zeros, count: letterCount)
for (a, b) in zip(read, read.dropFirst()) { pairs[a][b] += 1 }

#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 71)
Notebook.beginCell("question", of: notebook)
let afterF = pairs[encode("f")[0]]
#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 72)
Notebook.show(
Chart("The letter after f") {
    for (letter, count) in zip(alphabet, afterF) where count > 0 {
        let percent = 100 * count / afterF.reduce(0, +)
        BarMark(x: .value("letter", letter), y: .value("percent", percent))
            .annotation(about(percent))
    }
})

#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 87)
Notebook.beginCell("{swift} 1", of: notebook)
#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 87)
Notebook.show(
                                                                                readLines.count)

#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 90)
Notebook.beginCell("first-days", of: notebook)
print(readLines.prefix(8).joined(), terminator: "")

#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 94)
Notebook.beginCell("{swift} 2", of: notebook)
#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 94)
Notebook.show(
                                                       newLines.count)

#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 103)
Notebook.beginCell("{swift} 3", of: notebook)
#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 103)
Notebook.show(
                                           letterCount)

#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 104)
Notebook.beginCell("{swift} 4", of: notebook)
#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 104)
Notebook.show(
                    about(log(Double(letterCount)) / log(2.0)))

#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 108)
Notebook.beginCell("bigram", of: notebook)
/// The surprise of each letter but the first, when only pairs are known.
func pairSurprise(_ codes: [Int]) -> [Double] {
    zip(codes, codes.dropFirst()).map { a, b in
        let seen = pairs[a].map { $0 + 0.1 }  // nothing is impossible
        return -log(seen[b] / seen.reduce(0, +)) / log(2.0)
    }
}

func mean(_ xs: [Double]) -> Double { xs.reduce(0, +) / Double(xs.count) }

let bigram = mean(pairSurprise(new))
#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 119)
Notebook.show(
bigram)

#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 129)
Notebook.beginCell("floor", of: notebook)
let choices = newLines.map { line in
    line.contains("no boat") ? 4.0 * 4 * 2 : 4.0 * 4 * 2 * 5
}
let bitsOfChance = choices.map { log($0) / log(2.0) }
let floor = bitsOfChance.reduce(0, +) / Double(new.count)
require(floor < bigram / 10, "most of what surprises a bigram is not chance")
#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 135)
Notebook.show(
Table(columns: ["who", "bits per character"], rows: [
    ["nothing is known", about(log(Double(letterCount)) / log(2.0))],
    ["pairs are counted", about(bigram)],
    ["every rule is known", about(floor)],
]))

#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 151)
Notebook.beginCell("model", of: notebook)
struct Writer: Layer {
    let embedding = Embedding(count: letterCount, size: 16)
    let gru = GRU(inputSize: 16, hiddenSize: 64, batchFirst: true)
    let head = Linear(inputSize: 64, outputSize: letterCount)

    func callAsFunction(
        _ letters: IntTensor, _ state: HiddenState? = nil
    ) -> (scores: Tensor, state: HiddenState) {
        let (output, state) = gru(embedding(letters), state)
        return (head(output), state)
    }
}

#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 164)
Notebook.show(
Writer().parameterCount)

#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 167)
Notebook.beginCell("{swift} 5", of: notebook)
#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 167)
Notebook.show(
                                     read.count)

#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 172)
Notebook.beginCell("windows", of: notebook)
let streams = 16
let window = 60

let pieces: [(x: IntTensor, y: IntTensor)] = {
    let length = (read.count - 1) / streams
    return stride(from: 0, through: length - window, by: window).map { start in
        let places = (0..<streams).map { $0 * length + start }
        let x = places.map { Array(read[$0..<$0 + window]) }
        let y = places.flatMap { Array(read[$0 + 1...$0 + window]) }
        return (IntTensor(x), IntTensor(y))
    }
}()
#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 184)
Notebook.show(
Table(columns: ["windows", "x of each", "y of each"], rows: [
    Row(pieces.count, pieces[0].x.shape, pieces[0].y.shape)
]))

#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 195)
Notebook.beginCell("write", of: notebook)
/// A place in the list, drawn with these probabilities.
func draw(_ probabilities: [Float]) -> Int {
    var rest = Generator.default.uniform(1)[0]
    for (place, probability) in probabilities.enumerated() {
        rest -= probability
        if rest < 0 { return place }
    }
    return probabilities.count - 1
}

func write(
    _ model: Writer, after start: String, count: Int, temperature: Float = 1
) -> String {
    var next = encode(start)
    var state: HiddenState?
    return (0..<count).map { _ in
        let (scores, after) = withoutGradients { model(IntTensor([next]), state) }
        state = after
        let sharpened = scores[0, -1] / temperature
        next = [draw(softmax(sharpened, axis: 0).scalars)]
        return alphabet[next[0]]
    }.joined()
}

#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 228)
Notebook.beginCell("train", of: notebook)
func train(
    _ model: Writer, watching watch: (_ step: Int) -> Void = { _ in }
) -> [Float] {
    let epochs = 18
    let optimizer = Adam(model.parameters, learningRate: 0.015)
    let schedule = CosineAnnealing(optimizer, over: epochs * pieces.count)
    var bits: [Float] = []
    for _ in 0..<epochs {
        var state: HiddenState?
        for (x, y) in pieces {
            watch(bits.count)
            let (scores, next) = model(x, state)
            let loss = crossEntropy(scores.reshaped([-1, letterCount]), y)
            optimizer.zeroGradients()
            loss.backward()
            clipGradients(model.parameters, norm: 1)
            optimizer.step()
            schedule.step()
            state = next.detached()
            bits.append(loss.item / log(Float(2)))
        }
    }
    return bits
}

#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 257)
Notebook.beginCell("words", of: notebook)
let known = Set(readLines.joined().split { " ,.\n".contains($0) })

/// The share of a text's words that the log has, too; the last word may be cut.
func wordShare(_ text: String) -> Double {
    let words = text.split { " ,.\n".contains($0) }.dropLast()
    return Double(words.filter(known.contains).count) / Double(words.count)
}

/// A text on one line; ¶ is the end of a line of the log.
func oneLine(_ text: String) -> String {
    text.map { $0 == "\n" ? "¶" : String($0) }.joined()
}

#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 272)
Notebook.beginCell("first", of: notebook)
manualSeed(0)
let first = Writer()
var samples: [(step: Int, text: String)] = []
let firstBits = train(first) { step in
    guard [0, 20, 50, 400].contains(step) else { return }
    samples.append((step, write(first, after: "monday,", count: 60)))
}
let wordShares = samples.map { wordShare($0.text) }
require(wordShares[0] == 0, "at first it writes no words")
require(wordShares[2] > 0.5 && wordShares[3] == 1, "then words")
#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 282)
Notebook.show(
Table(
    columns: ["after steps", "words of the log", "it writes"],
    rows: samples.map { step, text in
        Row(step, about(100 * wordShare(text)) + " %", oneLine(text))
    }))

#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 293)
Notebook.beginCell("runs", of: notebook)
struct Run {
    var model: Writer
    var bits: [Float]
}

let others = [1, 2].map { seed in
    manualSeed(seed)
    let model = Writer()
    return Run(model: model, bits: train(model))
}
let plain = [Run(model: first, bits: firstBits)] + others

#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 307)
Notebook.beginCell("curves", of: notebook)
#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 307)
Notebook.show(
Chart("Surprise while training") {
    for (seed, run) in plain.enumerated() {
        for step in stride(from: 0, to: run.bits.count, by: 5) {
            LineMark(x: .value("step", step), y: .value("bits", run.bits[step]))
                .foregroundStyle(by: .value("run", "seed \(seed)"))
        }
    }
    RuleMark(y: .value("bigram", bigram))
    RuleMark(y: .value("floor", floor))
}
.yScale(.log))

#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 321)
Notebook.beginCell("curve-claims", of: notebook)
func mean(_ bits: ArraySlice<Float>) -> Float {
    bits.reduce(0, +) / Float(bits.count)
}

for run in plain {
    require(run.bits[50] < Float(bigram), "below the bigram after fifty steps")
    let early = mean(run.bits[100..<150])
    let late = mean(run.bits.suffix(50))
    require(late < early && late > early / 2, "after that slowly")
}

#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 339)
Notebook.beginCell("held-out", of: notebook)
/// The network's surprise at each letter but the first.
func surprise(_ model: Writer, _ codes: [Int]) -> [Double] {
    let truth = IntTensor(Array(codes.dropFirst()))
    let losses = withoutGradients {
        let (scores, _) = model(IntTensor([Array(codes.dropLast())]))
        return crossEntropy(scores[0], truth, reduction: .none)
    }
    return losses.scalars.map { Double($0) / log(2.0) }
}

let heldOut = plain.map { mean(surprise($0.model, new)) }
for bits in heldOut {
    require(bits < bigram / 10, "a tenth of the bigram's surprise, on new days")
    require(bits > floor, "nobody foresees chance")
}
#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 354)
Notebook.show(
Table(
    columns: ["who", "bits per character, new days"],
    rows: [["bigram", about(bigram)]]
        + heldOut.enumerated().map { ["GRU, seed \($0)", about($1)] }
        + [["floor", about(floor)]]))

#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 362)
Notebook.beginCell("{swift} 6", of: notebook)
#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 362)
Notebook.show(
         about((mean(heldOut) - floor) * Double(new.count) / Double(newLines.count)))

#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 370)
Notebook.beginCell("strip", of: notebook)
let sample = newLines.first { $0.contains("five boats") }!
let start = newLines.prefix { $0 != sample }.joined().count
let before = sample.prefix { $0 != "." }.count
let shown = start + before..<start + before + 24
let surprises = [("bigram", pairSurprise(new)), ("GRU", surprise(first, new))]

#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 376)
Notebook.show(
Chart("Surprise at each letter") {
    for (place, index) in shown.enumerated() {
        for (model, all) in surprises {
            BarMark(x: .value("place", place), y: .value("bits", all[index - 1]))
                .foregroundStyle(by: .value("model", model))
                .position(by: .value("model", model))
        }
        let letter = alphabet[new[index]]
        TextMark(
            letter == " " ? "␣" : letter,
            x: .value("place", place), y: .value("bits", -0.4))
    }
})

#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 392)
Notebook.beginCell("strip-claims", of: notebook)
/// What the letters at some places of the picture cost.
func cost(_ places: Range<Int>, _ all: [Double]) -> Double {
    places.map { all[shown.lowerBound + $0 - 1] }.reduce(0, +)
}

let (firstNumber, secondNumber) = (2..<6, 18..<22)
let unsure = shown.filter { surprises[0].1[$0 - 1] > 0.5 }.count
require(unsure > 16, "a bigram is unsure at most letters")
for run in plain {
    let all = surprise(run.model, new)
    require(
        cost(firstNumber, all) > 2 * (cost(0..<24, all) - cost(firstNumber, all)),
        "the network pays for the first number")
    require(
        cost(secondNumber, all) < cost(firstNumber, all) / 2,
        "and less for the second")
}
require(cost(secondNumber, surprises[1].1) < 0.5, "here next to nothing")

#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 413)
Notebook.beginCell("{swift} 7", of: notebook)
#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 413)
Notebook.show(
                         "five boats out, ".count)

#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 418)
Notebook.beginCell("parts", of: notebook)
/// How many commas and stops stand before each letter in its line.
let parts = newLines.flatMap { line -> [Int] in
    var part = 0
    return line.map { letter in
        defer { if ".,".contains(letter) { part += 1 } }
        return part
    }
}

/// The bits a day that a model spends on the weekday, and on the rest of the line.
func bill(_ model: Writer) -> (weekday: Double, rest: Double) {
    let surprise = surprise(model, new)
    let days = Double(newLines.count)
    let weekday = zip(parts.dropFirst(), surprise).filter { $0.0 == 0 }
        .map { $0.1 }.reduce(0, +)
    return (weekday / days, (surprise.reduce(0, +) - weekday) / days)
}

#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 438)
Notebook.beginCell("bills", of: notebook)
let bills = plain.map { bill($0.model) }
for bill in bills {
    require(
        abs(bill.weekday - log(7.0) / log(2.0)) < 0.1,
        "the weekday is a guess among seven")
    require(bill.rest > mean(bitsOfChance), "the rest costs more than it must")
    require(bill.rest < 1.4 * mean(bitsOfChance), "but it is near the floor")
}
#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 446)
Notebook.show(
Table(
    columns: ["who", "bits for the weekday", "for the rest of the line"],
    rows: bills.enumerated().map { seed, bill in
        ["GRU, seed \(seed)", about(bill.weekday), about(bill.rest)]
    } + [["floor", "0", about(mean(bitsOfChance))]]))

#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 453)
Notebook.beginCell("{swift} 8", of: notebook)
#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 453)
Notebook.show(
                           about(bills[0].weekday))

#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 453)
Notebook.beginCell("{swift} 9", of: notebook)
#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 453)
Notebook.show(
                                                                                     about(log(7.0) / log(2.0)))

#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 459)
Notebook.beginCell("{swift} 10", of: notebook)
#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 459)
Notebook.show(
                                                     about(pow(0.5, 50.0)))

#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 464)
Notebook.beginCell("{swift} 11", of: notebook)
#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 464)
Notebook.show(
         about(100 * sigmoid(Tensor(6)).item))

#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 467)
Notebook.beginCell("open-gates", of: notebook)
/// Raises the update gates' biases: by 0 for the first unit, by 6 for the last.
func openGates(of model: Writer) {
    let bias = model.gru.parameters[2]  // those of r, z and n
    let units = bias.count / 3
    bias.data = Tensor(
        bias.scalars.enumerated().map { place, value in
            let unit = place - units
            return (0..<units).contains(unit)
                ? value + 6 * Float(unit) / Float(units - 1) : value
        })
}

let patient = (0..<3).map { seed in
    manualSeed(seed)
    let model = Writer()
    openGates(of: model)
    return Run(model: model, bits: train(model))
}

#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 488)
Notebook.beginCell("patient-bills", of: notebook)
let patientBills = patient.map { bill($0.model) }
let patientHeldOut = patient.map { mean(surprise($0.model, new)) }
for (bill, plain) in zip(patientBills, bills) {
    require(bill.weekday < plain.weekday - 0.3, "it has begun to learn the week")
}
#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 493)
Notebook.show(
Table(
    columns: ["seed", "weekday, as drawn", "gates opened", "bits per character"],
    rows: (0..<3).map { seed in
        Row(
            seed, about(bills[seed].weekday), about(patientBills[seed].weekday),
            about(patientHeldOut[seed]))
    }))

#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 502)
Notebook.beginCell("{swift} 12", of: notebook)
#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 502)
Notebook.show(
                 about(patientBills.map { $0.weekday }.min()!))

#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 502)
Notebook.beginCell("{swift} 13", of: notebook)
#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 502)
Notebook.show(
                                                                             about(patientBills.map { $0.weekday }.max()!))

#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 512)
Notebook.beginCell("temperatures", of: notebook)
manualSeed(1)
let texts = [0.1, 1, 2].map { temperature in
    write(
        patient[0].model, after: "monday,", count: 120,
        temperature: temperature)
}
let rightWords = texts.map(wordShare)
require(rightWords[0] == 1, "at 0.1 every word is right")
require(rightWords[2] < rightWords[1] && rightWords[1] < 1, "then fewer")
#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 521)
Notebook.show(
Table(
    columns: ["temperature", "words of the log", "it writes"],
    rows: zip([0.1, 1, 2], texts).map { temperature, text in
        Row(temperature, about(100 * wordShare(text)) + " %", oneLine(text))
    }))

#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 532)
Notebook.beginCell("proper", of: notebook)
var proper: Set<String> = []
for day in days {
    for sky in skies {
        for n in numbers {
            for guest in guests {
                for place in places {
                    proper.insert(line(day, sky, n, guest, place))
                }
            }
        }
    }
}
let readSet = Set(readLines)
let firstDay = "monday," + samples[3].text.prefix { $0 != "\n" } + "\n"
require(proper.contains(firstDay), "after 400 steps it wrote a whole day")
#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 547)
Notebook.show(
Table(columns: ["lines", "number"], rows: [
    Row("proper", proper.count), Row("read in training", readSet.count),
]))

#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 553)
Notebook.beginCell("judge", of: notebook)
struct Judgment {
    var proper = 0.0, different = 0.0, unread = 0.0
}

func judge(_ model: Writer, temperature: Float) -> Judgment {
    manualSeed(2)
    let text = write(
        model, after: "\n", count: 2000, temperature: temperature)
    let lines = text.split(separator: "\n").dropLast().map { String($0) + "\n" }
    let good = lines.filter { proper.contains($0) }
    let count = Double(lines.count)
    return Judgment(
        proper: Double(good.count) / count,
        different: Double(Set(lines).count) / count,
        unread: Double(good.filter { !readSet.contains($0) }.count) / count)
}

#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 572)
Notebook.beginCell("judged", of: notebook)
let temperatures: [Float] = [0.1, 0.5, 1, 2]
let judgments = temperatures.map { temperature in
    patient.map { judge($0.model, temperature: temperature) }
}

#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 577)
Notebook.show(
Chart("What a temperature does") {
    for (temperature, group) in zip(temperatures, judgments) {
        for judgment in group {
            let t = PlottableValue.value("temperature", temperature)
            PointMark(x: t, y: .value("share of lines", judgment.proper))
                .foregroundStyle(by: .value("share", "proper"))
            PointMark(x: t, y: .value("share of lines", judgment.different))
                .foregroundStyle(by: .value("share", "different"))
            PointMark(x: t, y: .value("share of lines", judgment.unread))
                .foregroundStyle(by: .value("share", "proper and never read"))
        }
    }
})

#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 593)
Notebook.beginCell("judged-table", of: notebook)
func share(_ part: KeyPath<Judgment, Double>, _ place: Int) -> [Double] {
    judgments[place].map { $0[keyPath: part] }
}

require(share(\.proper, 0).min()! > 0.9, "at 0.1, nearly all lines are proper")
require(share(\.different, 0).max()! < 0.8, "at 0.1, many come more than once")
require(share(\.different, 3).min()! > 0.95, "at 2, hardly any comes twice")
require(share(\.proper, 2).min()! > 0.5, "at 1, most lines are proper")
require(share(\.proper, 3).max()! < 0.1, "at 2, hardly any is")
require(share(\.unread, 2).min()! > 0.2, "at 1, many proper lines were never read")
require(
    zip(share(\.different, 0), share(\.different, 2)).allSatisfy { $0 < $1 },
    "at 0.1 it repeats itself more than at 1")
#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 606)
Notebook.show(
Table(
    columns: ["temperature", "proper", "different", "proper and never read"],
    rows: temperatures.indices.map { place in
        Row(temperatures[place])
            + [\.proper, \.different, \.unread].map {
                about(mean(share($0, place)), digits: 2)
            }
    }))

#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 618)
Notebook.beginCell("{swift} 14", of: notebook)
#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 618)
Notebook.show(
                                                                                     about(100 * mean(share(\.proper, 2)), digits: 2))

#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 619)
Notebook.beginCell("{swift} 15", of: notebook)
#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 619)
Notebook.show(
         about(100 * mean(share(\.unread, 2)), digits: 2))

#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 643)
Notebook.beginCell("solution-contexts", of: notebook)
  func countedBits(upTo longest: Int) -> Double {
      var probability = new.map { _ in 1 / Double(letterCount) }
      for length in 0...longest {
          var seen: [[Int]: [Int: Double]] = [:]
          for i in length..<read.count {
              let context = Array(read[i - length..<i])
              seen[context, default: [:]][read[i], default: 0] += 1
          }
          for i in length..<new.count {
              let counts = seen[Array(new[i - length..<i])] ?? [:]
              let all = counts.values.reduce(0, +)
              probability[i] += counts[new[i]] ?? 0
              probability[i] /= all + 1
          }
      }
      let nats = probability.dropFirst().map { -log($0) }
      return mean(nats) / log(2.0)
  }

#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 664)
Notebook.beginCell("solution-counted", of: notebook)
  let counted = [1, 4, 16].map { ($0, countedBits(upTo: $0)) }
  require(
      patientHeldOut.max()! < min(counted[2].1, heldOut.min()!),
      "memory beats counting, and gates as drawn")
  require(
      abs(counted[2].1 / mean(heldOut) - 1) < 0.1,
      "counting sixteen is about as good as gates as drawn")
#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 671)
Notebook.show(
  Table(
      columns: ["letters looked at", "bits per character"],
      rows: counted.map { Row($0.0, about($0.1)) } + [
          Row("GRU", about(mean(heldOut))),
          Row("GRU, gates opened", about(mean(patientHeldOut))),
      ]))

#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 690)
Notebook.beginCell("solution-sunday", of: notebook)
  func expectsNoBoat(_ model: Writer, _ day: String) -> Float {
      let (scores, _) = withoutGradients {
          model(IntTensor([encode("\n\(day), clear. ")]))
      }
      return softmax(scores[0, -1], axis: 0)[encode("n")[0]].item
  }

  let sunday = patient.map { expectsNoBoat($0.model, "sunday") }
  let monday = patient.map { expectsNoBoat($0.model, "monday") }
  require(sunday.max()! < 0.5, "none expects the boats to stay")
#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 700)
Notebook.show(
  Table(columns: ["after", "seed 0", "seed 1", "seed 2"], rows: [
      ["sunday"] + sunday.map { about($0) },
      ["monday"] + monday.map { about($0) },
  ]))

#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 717)
Notebook.beginCell("solution-tomorrow", of: notebook)
  func firstLetters(_ model: Writer) -> [Double] {
      let surprise = surprise(model, new)
      let end = encode("\n")[0]
      let starts = (1..<new.count).filter { new[$0 - 1] == end }
      let right = starts.map { pow(2, -surprise[$0 - 1]) }
      return (0..<7).map { day in
          mean(
              right.enumerated().filter { ($0.offset + 1) % 7 == day }
                  .map { $0.element })
      }
  }

  let expected = patient.map { firstLetters($0.model) }
  for row in expected {
      for (day, probability) in zip(days, row) {
          let guess = "ts".contains(day.first!) ? 2.0 / 7 : 1.0 / 7
          require(probability > guess + 0.1, "better than a guess on each day")
      }
  }
#sourceLocation(file: "lessons/10-writing-one-letter-at-a-time.md", line: 736)
Notebook.show(
  HeatMap(
      "Which weekday is expected?", expected,
      rows: "Seed", named: ["0", "1", "2"],
      columns: "Day", named: days, values: "probability"))

#sourceLocation()
Notebook.endLesson(notebook)
