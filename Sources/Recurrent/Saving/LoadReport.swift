/// What became of a model's parameters and a file's tensors when one was loaded from the other.
///
///     print(try model.loadParameters(from: "pretrained.safetensors", partially: true))
///     // 4 parameters were loaded.
///     // Missing in the file, and left as they were: head.weight, head.bias.
///     // In the file only: decoder.weight.
public struct LoadReport: Hashable, Sendable {
    /// A tensor whose shape in the file is not that of the model's parameter.
    public struct ShapeDifference: Hashable, Sendable {
        /// The name.
        public let name: String
        /// The shape of the parameter.
        public let inModel: [Int]
        /// The shape of the tensor.
        public let inFile: [Int]
    }

    /// The parameters that were loaded, by their names in the model.
    public internal(set) var matched: [String] = []
    /// The parameters that the file lacks, which stayed as they were.
    public internal(set) var missing: [String] = []
    /// The tensors that the model lacks, by their names in the file.
    public internal(set) var leftOver: [String] = []
    /// The parameters that have another shape in the file, which stayed as they were.
    public internal(set) var otherShapes: [ShapeDifference] = []
}

extension LoadReport: CustomStringConvertible {
    /// The report, a sentence a line.
    public var description: String {
        var lines = ["\(matched.count) \(matched.count == 1 ? "parameter was" : "parameters were") loaded."]
        if !missing.isEmpty {
            let names = missing.joined(separator: ", ")
            lines.append("Missing in the file, and left as they were: " + names + ".")
        }
        if !otherShapes.isEmpty {
            let shapes = otherShapes.map {
                "\($0.name) (\(Shape.text($0.inFile)) in the file, \(Shape.text($0.inModel)) in the model)"
            }
            lines.append("Of another shape, and left as they were: " + shapes.joined(separator: ", ") + ".")
        }
        if !leftOver.isEmpty {
            lines.append("In the file only: " + leftOver.joined(separator: ", ") + ".")
        }
        return lines.joined(separator: "\n")
    }
}

/// The parameters of a model, and the tensors of a file that bear their names.
struct ParameterMatch {
    /// The parameters that have their numbers in the file, and these.
    private(set) var found: [(tensor: Tensor, numbers: Tensor)] = []
    private(set) var report = LoadReport()

    /// - Parameter parameters: All of the model; one that it has under several names is there with each.
    init(_ parameters: [NamedTensor], _ file: Safetensors) {
        // Bytes, for to Swift two spellings of one letter are equal, and in a file they are two names.
        var known: Set<[UInt8]> = []
        var places: [ObjectIdentifier: Int] = [:]
        var groups: [(names: [String], tensor: Tensor)] = []
        for parameter in parameters {
            known.insert(Array(parameter.name.utf8))
            if let place = places[ObjectIdentifier(parameter.tensor.storage)] {
                groups[place].names.append(parameter.name)
            } else {
                places[ObjectIdentifier(parameter.tensor.storage)] = groups.count
                groups.append(([parameter.name], parameter.tensor))
            }
        }
        for (names, tensor) in groups {
            // As in PyTorch, the last one counts.
            guard let name = names.last(where: { file.numbers(named: $0) != nil }),
                let numbers = file.numbers(named: name)
            else {
                report.missing.append(names[0])
                continue
            }
            if numbers.shape == tensor.shape {
                report.matched.append(names[0])
                found.append((tensor, numbers))
            } else {
                report.otherShapes.append(
                    LoadReport.ShapeDifference(name: name, inModel: tensor.shape, inFile: numbers.shape)
                )
            }
        }
        report.leftOver = file.names.filter { !known.contains(Array($0.utf8)) }
    }

    /// Throws unless names and shapes are the model's; whole numbers may be left over.
    func requireComplete(_ file: Safetensors) throws(SafetensorsError) {
        guard report.missing.isEmpty else { throw .missing(report.missing) }
        let unexpected = report.leftOver.filter { file[$0] != nil }
        guard unexpected.isEmpty else { throw .unexpected(unexpected) }
        if let other = report.otherShapes.first {
            throw .wrongShape(of: other.name, expected: other.inModel, found: other.inFile)
        }
    }
}
