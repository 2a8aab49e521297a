import Notebook

// The program of two live cells and one that they use, as the tool writes it.

let notebook = Notebook.LessonProgram(isLive: true)
#sourceLocation(file:"live.md",line:5)
Notebook.beginCell("data", of: notebook)
let x = Tensor.linspace(0, 1, count: 8).reshaped([8, 1])
print("never seen")
Notebook.show(x)
#sourceLocation(file:"live.md",line:12)
Notebook.beginCell("learn", of: notebook)
live(
    Slider("learning rate", 0.001...1, scale: .log, initially: 0.1),
    Picker("looks back", ["one step": 1, "all the way": 8]),
    Stepper("seed", 0...9),
    Toggle("thrice"),
    TextField("name", initially: "line", length: 8, alphabet: "abcdefghijklmnopqrstuvwxyz")
) { rate, steps, seed, isThrice, name in
    manualSeed(seed)
    let model = Linear(inputSize: 1, outputSize: 1)
    let optimizer = SGD(model.parameters, learningRate: Double(rate))
    print("\(name) with \(rate)")
    var losses: [Float] = []
    animate(over: 0..<20, every: 5, label: "epoch") { epoch in
        for _ in 0..<(isThrice ? 3 : 1) {
            let loss = meanSquaredError(model(x), 3 * x)
            optimizer.zeroGradients()
            loss.backward()
            optimizer.step()
            losses.append(loss.item)
        }
        print("epoch \(epoch)")
        Notebook.show(
            Chart("Loss") {
                for (epoch, loss) in losses.enumerated() {
                    LineMark(x: .value("Epoch", epoch), y: .value("Loss", loss))
                }
            }
        )
    }
    Notebook.show(losses.suffix(steps).reduce(0, +))
}
#sourceLocation(file:"live.md",line:60)
Notebook.beginCell("draw", of: notebook)
live(Stepper("count", 1...3), Toggle("seeded", initially: true)) { count, isSeeded in
    if isSeeded { manualSeed(1) }
    Notebook.show(
        Table(
            columns: ["run", "sum"],
            rows: runs("sums", over: Array(0..<count)) { run in
                manualSeed(run)
                return Row(run, Tensor.randn([3]).sum().item)
            }
        )
    )
    Notebook.show(HeatMap("Noise", Tensor.randn([count, 2])))
}
#sourceLocation(file:"live.md",line:80)
Notebook.beginCell("chatter", of: notebook)
live(Stepper("lines", 1...2)) { lines in
    for line in 0..<(lines * 4000) { print("line \(line)") }
}
Notebook.endLesson(notebook)
