/// The layers of a network from input to output, with the shapes between them.
///
///     NetworkDiagram("A forecaster", input: "[batch, 20, 1]", layers: [
///         .init("rnn", kind: "RNN 1 → 32", output: "[batch, 20, 32]", parameters: 1120, isRecurrent: true),
///         .init("head", kind: "Linear 32 → 1", output: "[batch, 1]", parameters: 33),
///     ])
public struct NetworkDiagram: Drawing {
    /// A layer with what comes out of it.
    public struct Layer: Sendable {
        package var name: String
        package var kind: String
        package var output: String
        package var parameters: Int
        package var isRecurrent: Bool

        /// A layer.
        ///
        /// - Parameters:
        ///   - name: Its name in the model, such as `rnn`.
        ///   - kind: The kind of the layer, such as "RNN 1 → 32".
        ///   - output: The shape that leaves it, such as "[batch, 20, 32]"; empty when unknown.
        ///   - parameters: The number of values that it learns.
        ///   - isRecurrent: Whether it hands a state from step to step.
        public init(
            _ name: String,
            kind: String,
            output: String = "",
            parameters: Int = 0,
            isRecurrent: Bool = false
        ) {
            self.name = name
            self.kind = kind
            self.output = output
            self.parameters = parameters
            self.isRecurrent = isRecurrent
        }
    }

    private let title: String
    private let input: String
    private let layers: [Layer]

    /// A diagram of layers in the order in which values pass them.
    ///
    /// - Parameter input: The shape that enters the first layer; empty when unknown.
    public init(_ title: String = "", input: String = "", layers: [Layer]) {
        self.title = title
        self.input = input
        self.layers = layers
    }

    /// Draws the diagram.
    @export(interface)
    public func rendered(id: String) -> RenderedChart {
        let name = title.isEmpty ? "Network diagram" : title
        let drawing = FlowDrawing(graph, title: title)
        return RenderedChart(
            id: id,
            title: name,
            summary: summary,
            data: table,
            width: drawing.width,
            height: drawing.height,
            drawing.elements
        )
    }

    /// The layers as the steps of a flow; numbers keep layers of one name apart.
    private var graph: FlowGraph {
        var elements: [FlowBuilder.Element] = [.step(FlowStep("Input", detail: input, shape: .data))]
        var names: Set<String> = ["Input", "Output"]
        for (index, layer) in layers.enumerated() {
            var name = layer.name.isEmpty ? "layer \(index + 1)" : layer.name
            while !names.insert(name).inserted { name += "\u{200B}" }
            let count = layer.parameters == 0 ? "" : ", \(NetworkDiagram.number(layer.parameters)) parameters"
            elements.append(
                .step(
                    FlowStep(name, detail: layer.kind + count, shape: layer.isRecurrent ? .memory : .process)
                )
            )
            if layer.isRecurrent { elements.append(.arrow(FlowArrow(from: name, to: name, label: "state"))) }
        }
        elements.append(.step(FlowStep("Output", detail: layers.last?.output ?? input, shape: .data)))
        var graph = FlowGraph(elements)
        graph.label(steps: [""] + layers.dropLast().map { $0.output } + [""])
        return graph
    }

    private var summary: String {
        let total = layers.map { $0.parameters }.reduce(0, +)
        let count = layers.count == 1 ? "1 layer" : "\(layers.count) layers"
        let words = layers.map { layer in
            "\(layer.name), \(layer.kind)" + (layer.output.isEmpty ? "" : ", gives \(layer.output)")
        }
        let entry = input.isEmpty ? "" : " takes \(input):"
        return
            "Network of \(count), \(NetworkDiagram.number(total)) parameters,\(entry) \(words.joined(separator: "; "))."
    }

    private var table: RenderedChart.Table? {
        guard !layers.isEmpty else { return nil }
        let rows = layers.map { [$0.name, $0.kind, $0.output, String($0.parameters)] }
        let total = layers.map { $0.parameters }.reduce(0, +)
        return RenderedChart.Table(
            columns: ["Layer", "Kind", "Output", "Parameters"],
            rows: rows + [["total", "", "", String(total)]]
        )
    }

    private static func number(_ value: Int) -> String {
        NumberText(digits: Int64(value), exponent: 0).plain(decimals: 0, grouped: true)
    }
}

extension FlowGraph {
    /// Writes at each arrow from one step down to the next what leaves the step.
    fileprivate mutating func label(steps labels: [String]) {
        relabel { edge in
            edge.leadsBack || !labels.indices.contains(edge.source) ? edge.label : labels[edge.source]
        }
    }
}
