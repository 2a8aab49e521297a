#if !hasFeature(Embedded)
    extension Layer {
        /// The layer's parameters and sublayers, read from its stored properties.
        public var structure: LayerStructure { LayerStructure(reflecting: self) }
    }

    extension LayerStructure {
        /// Reads the stored properties of a layer: tensors that collect gradients, layers, and arrays,
        /// dictionaries and optionals of these.
        ///
        /// - Parameter layer: A struct or an instance of a class; a superclass's properties come first.
        public init(reflecting layer: some Layer) {
            self.init(String(describing: type(of: layer)))
            var mirrors = [Mirror(reflecting: layer)]
            while let parent = mirrors[mirrors.count - 1].superclassMirror { mirrors.append(parent) }
            for child in mirrors.reversed().flatMap(\.children) {
                add(child.value, named: Self.propertyName(child.label ?? ""))
            }
        }

        private mutating func add(_ value: Any, named name: String) {
            switch value {
            case let tensor as Tensor:
                if tensor.collectsGradient { parts.append(.parameter(NamedTensor(name, tensor))) }
            case let layer as any Layer:
                parts.append(.sublayer(name, layer.structure))
            case let mode as LayerMode:
                self.mode = mode
            default:
                addChildren(of: value, named: name)
            }
        }

        /// An array's entries are called by their places, as in PyTorch's `ModuleList`.
        private mutating func addChildren(of value: Any, named name: String) {
            let mirror = Mirror(reflecting: value)
            switch mirror.displayStyle {
            case .optional:
                for child in mirror.children { add(child.value, named: name) }
            case .collection:
                for (index, child) in mirror.children.enumerated() {
                    add(child.value, named: "\(name).\(index)")
                }
            case .dictionary:
                let entries = mirror.children.map {
                    Array(Mirror(reflecting: $0.value).children.map(\.value))
                }
                for entry in entries.sorted(by: { "\($0[0])" < "\($1[0])" }) {
                    add(entry[1], named: "\(name).\(entry[0])")
                }
            default:
                break
            }
        }

        /// The name as written: `lazy` and property wrappers store under another one.
        private static func propertyName(_ label: String) -> String {
            for prefix in ["$__lazy_storage_$_", "_"] where label.hasPrefix(prefix) {
                return String(label.dropFirst(prefix.count))
            }
            return label
        }
    }
#endif
