#if canImport(Glibc) || canImport(Musl) || canImport(Darwin)
    /// All that a training run needs to go on where it stopped, as one safetensors file.
    ///
    ///     let checkpoint = Checkpoint(model, optimizer, schedule, loader)
    ///     try checkpoint.save(to: "run.safetensors")
    ///
    /// In a later run, with everything made in the same way:
    ///
    ///     try Checkpoint(model, optimizer, schedule, loader).load(from: "run.safetensors")
    ///
    /// From then on both runs compute the same bits. The file holds the model's parameters (`model.rnn.weight_ih_l0`), what
    /// the optimizer remembers under PyTorch's names (`optimizer.state.0.exp_avg`), what a schedule has counted, the state
    /// of a loader's own generator, and that of the default generator of the calling thread, from which dropout and
    /// loaders draw if they have none of their own. A generator of one's own is a part to be listed, too.
    ///
    /// Not kept is what the program says: sizes, the optimizer's other settings, `train()` and `eval()`, what is frozen, and
    /// the place within an epoch. Save between two epochs.
    public struct Checkpoint {
        private let model: any Layer
        private let parts: [(name: String, part: any Resumable)]

        /// Lists what belongs to a run; nothing is read or written yet.
        ///
        /// - Parameters:
        ///   - model: The model.
        ///   - parts: Optimizers, schedules, loaders, generators, early stopping, always in the same order.
        public init(_ model: some Layer, _ parts: any Resumable...) {
            self.model = model
            var counts: [String: Int] = [:]
            self.parts = (parts + [Generator.default]).map { part in
                let role = part.trainingRole
                counts[role, default: 0] += 1
                let count = counts[role, default: 1]
                return (count == 1 ? role : "\(role)\(count)", part)
            }
        }

        /// Writes everything to a file, which is replaced as a whole; a save that fails or is cut off leaves the old one.
        ///
        /// - Throws: `CheckpointError` if the file cannot be written, or a part cannot say what its state is.
        public func save(to path: String) throws(CheckpointError) {
            do throws(SafetensorsError) {
                try snapshot().save(to: path)
            } catch {
                throw CheckpointError(path, error)
            }
        }

        /// Goes on from a file, or leaves everything as it was.
        ///
        /// - Throws: `CheckpointError` if the file cannot be read, is no checkpoint, or is one of another model, optimizer
        ///   or list of parts.
        public func load(from path: String) throws(CheckpointError) {
            do throws(SafetensorsError) {
                let file = try Safetensors(path: path)
                try checkParts(of: file)
                let former = try snapshot()
                do throws(SafetensorsError) {
                    try restore(file)
                } catch {
                    // What was taken over already came from the wrong file.
                    try restore(former)
                    throw error
                }
            } catch {
                throw CheckpointError(path, error)
            }
        }

        private static var formatKey: String { "checkpoint" }

        /// The state of everything, as it is now.
        private func snapshot() throws(SafetensorsError) -> Safetensors {
            var file = Safetensors(
                model.namedParameters.map { NamedTensor("model." + $0.name, $0.tensor.copied()) },
                metadata: [(key: Self.formatKey, value: "1")]
            )
            for (name, part) in parts {
                guard let state = part.trainingState else { throw .stateless(Self.kind(of: part)) }
                file.metadata.append((key: name, value: Self.kind(of: part)))
                for (key, value) in state.numbers {
                    file.metadata.append((key: name + "." + key, value: Self.text(value)))
                }
                for tensor in state.tensors {
                    file.tensors.append(NamedTensor(name + "." + tensor.name, tensor.tensor))
                }
                for tensor in state.integers {
                    file.integers.append(NamedIntegers(name + "." + tensor.name, tensor.tensor))
                }
            }
            return file
        }

        /// Throws unless the file has these parts and no others.
        private func checkParts(of file: Safetensors) throws(SafetensorsError) {
            func value(_ key: String) -> String? { file.metadata.first { $0.key == key }?.value }
            guard value(Self.formatKey) == "1" else { throw .noCheckpoint }
            for (name, part) in parts {
                guard let kind = value(name) else { throw .missing(["the state of \(Self.article(name))"]) }
                guard kind == Self.kind(of: part) else {
                    throw .otherPart(name, expected: Self.kind(of: part), found: kind)
                }
            }
            // Names of parts have no dots.
            let known = Set(parts.map { $0.name } + [Self.formatKey])
            let others = file.metadata.map { $0.key }.filter { !$0.contains(".") && !known.contains($0) }
            guard others.isEmpty else { throw .unlistedParts(others) }
        }

        private func restore(_ file: Safetensors) throws(SafetensorsError) {
            try model.loadParameters(from: file.sublayer("model"))
            for (name, part) in parts {
                let own = file.sublayer(name)
                var state = TrainingState()
                state.owner = name + "."
                for (key, text) in file.metadata where key.hasPrefix(name + ".") {
                    guard let value = Double(text) else { throw .wrongNumber(text, of: key) }
                    state.add(String(key.dropFirst(name.count + 1)), value)
                }
                for tensor in own.tensors { state.add(tensor.name, tensor.tensor) }
                for tensor in own.integers { state.add(tensor.name, tensor.tensor) }
                try part.restore(state)
            }
        }

        /// The type as a program writes it: `Adam`, `CosineAnnealing`.
        private static func kind(of part: any Resumable) -> String {
            let name = String(describing: type(of: part))
            let outer = String(name.prefix { $0 != "<" })
            guard outer == "Optimizer" else { return outer }
            let rule = String(name.dropFirst(outer.count + 1).dropLast())
            return rule.hasSuffix("Rule") ? String(rule.dropLast(4)) : rule
        }

        private static func article(_ name: String) -> String {
            ("aeiou".contains(name.prefix(1)) ? "an " : "a ") + name
        }

        /// A number as a text from which exactly this number can be read, counts without a point.
        private static func text(_ value: Double) -> String {
            guard let whole = Int(exactly: value), Double(whole).bitPattern == value.bitPattern else {
                return "\(value)"
            }
            return "\(whole)"
        }
    }

    /// A fault in a checkpoint's file, in one sentence that begins with the path.
    public struct CheckpointError: Error, Hashable, Sendable, CustomStringConvertible {
        /// The sentence.
        public let description: String

        init(_ path: String, _ fault: SafetensorsError) {
            switch fault {
            case .unreadable, .unwritable: description = "\(fault)"
            default: description = "\(path): \(fault)"
            }
        }
    }
#endif
