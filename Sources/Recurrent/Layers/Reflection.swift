#if !hasFeature(Embedded)
    extension Layer {
        /// The layer's parameters and sublayers, read from its stored properties.
        public var structure: LayerStructure { LayerStructure(reflecting: self) }
    }

    extension LayerStructure {
        /// Reads the stored properties of a layer: tensors that collect gradients, layers, and whatever holds some of
        /// these: arrays, dictionaries, optionals, tuples, enums with payloads, structs and classes.
        ///
        /// - Parameter layer: A struct or an instance of a class; a superclass's properties come first.
        /// - Precondition: No layer or tensor is `lazy` and untouched, and none is in a set, which has no order.
        public init(reflecting layer: some Layer) {
            self.init(String(describing: type(of: layer)))
            if type(of: layer) is AnyClass {
                within(layer as AnyObject) { $0.addProperties(of: layer, path: "") }
            } else {
                addProperties(of: layer, path: "")
            }
        }

        /// The objects whose properties are being read: one that is met again within itself, as a child's link to its
        /// parent, is no part of itself.
        @TaskLocal private static var open: [ObjectIdentifier] = []

        private mutating func within(_ object: AnyObject, _ read: (inout LayerStructure) -> Void) {
            Self.$open.withValue(Self.open + [ObjectIdentifier(object)]) { read(&self) }
        }

        private static func isOpen(_ value: Any) -> Bool {
            type(of: value) is AnyClass && open.contains(ObjectIdentifier(value as AnyObject))
        }

        /// - Parameter path: The prefix of the properties' names; empty for those of the layer itself.
        private mutating func addProperties(of value: Any, path: String) {
            var mirrors = [Mirror(reflecting: value)]
            while let parent = mirrors[mirrors.count - 1].superclassMirror { mirrors.append(parent) }
            for child in mirrors.reversed().flatMap(\.children) {
                let label = child.label ?? ""
                // A property wrapper is called as what it wraps.
                let name =
                    label == "wrappedValue" && !path.isEmpty
                    ? path : (path.isEmpty ? "" : path + ".") + Self.propertyName(label)
                if label.hasPrefix(Self.lazyPrefix) { requireTouched(child.value, name) }
                add(child.value, named: name)
            }
        }

        private mutating func add(_ value: Any, named name: String) {
            switch value {
            case is any LayerFree:
                break
            case let tensor as Tensor:
                if tensor.collectsGradient { parts.append(.parameter(NamedTensor(name, tensor))) }
            case let layer as any Layer:
                if !Self.isOpen(layer) { parts.append(.sublayer(name, layer.structure)) }
            case let mode as LayerMode:
                add(mode, named: name)
            default:
                addChildren(of: value, named: name)
            }
        }

        /// A layer has one mode; what else has one is a part of its own.
        private mutating func add(_ mode: LayerMode, named name: String) {
            if self.mode == nil {
                self.mode = mode
            } else {
                parts.append(.sublayer(name, LayerStructure("LayerMode", mode: mode)))
            }
        }

        /// An array's entries are called by their places, as in PyTorch's `ModuleList`, and so are a tuple's; a payload
        /// is called by its enum's case.
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
            case .tuple:
                for child in mirror.children {
                    add(child.value, named: name + "." + (child.label ?? "").drop { $0 == "." })
                }
            case .set:
                refuseLayers(in: mirror, name)
            case .struct, .enum:
                if !Self.isForeign(value) { addProperties(of: value, path: name) }
            case .class:
                if Self.isOpen(value) || Self.isForeign(value) { break }
                within(value as AnyObject) { $0.addProperties(of: value, path: name) }
            default:
                break
            }
        }

        private func refuseLayers(in set: Mirror, _ name: String) {
            var found = LayerStructure(kind)
            for child in set.children { found.add(child.value, named: name) }
            require(
                found.parts.isEmpty && found.mode == nil,
                "\(kind): \(name) is a Set of layers, which has no order of its own, so that its parameters would have "
                    + "no names. Make it an array or a dictionary."
            )
        }

        private func requireTouched(_ value: Any, _ name: String) {
            let type = type(of: value)
            require(
                !Mirror(reflecting: value).children.isEmpty || !mayHoldLayer(type),
                "\(kind): \(name) is lazy and was not used yet, so that it is no parameter yet, and an optimizer made now "
                    + "would not train it. Declare it with let, or use it once before."
            )
        }

        /// The name as written: `lazy` and property wrappers store under another one.
        private static func propertyName(_ label: String) -> String {
            for prefix in [lazyPrefix, "_"] where label.hasPrefix(prefix) {
                return String(label.dropFirst(prefix.count))
            }
            return label
        }

        private static let lazyPrefix = "$__lazy_storage_$_"

        /// Whether a value's type belongs to the system, whose values hold no layers and are not all safe to look into.
        private static func isForeign(_ value: Any) -> Bool {
            let name = String(reflecting: type(of: value))
            return ["Foundation", "Dispatch", "Synchronization", "__C."].contains { name.hasPrefix($0) }
        }
    }

    /// Whether a value of a type, of which there is none yet, would be a layer or a tensor, or hold some.
    private func mayHoldLayer(_ type: Any.Type) -> Bool {
        if type is any Layer.Type || type == Tensor.self { return true }
        return (type as? any Wrapping.Type).map { mayHoldLayer($0.wrapped) } ?? false
    }

    /// A type that holds values of another one.
    private protocol Wrapping {
        static var wrapped: Any.Type { get }
    }

    extension Optional: Wrapping { fileprivate static var wrapped: Any.Type { Wrapped.self } }

    extension Array: Wrapping { fileprivate static var wrapped: Any.Type { Element.self } }

    extension Dictionary: Wrapping { fileprivate static var wrapped: Any.Type { Value.self } }

    /// Values that hold no layers of the model, so that nobody needs to look: a million numbers, or an optimizer, whose
    /// parameters are somebody else's.
    private protocol LayerFree {}

    extension Int: LayerFree {}
    extension Float: LayerFree {}
    extension Double: LayerFree {}
    extension Bool: LayerFree {}
    extension String: LayerFree {}
    extension Character: LayerFree {}
    extension IntTensor: LayerFree {}
    extension Vocabulary: LayerFree {}
    extension Generator: LayerFree {}
    extension Optimizer: LayerFree {}
    extension Array: LayerFree where Element: LayerFree {}
    extension Optional: LayerFree where Wrapped: LayerFree {}
    extension Dictionary: LayerFree where Key: LayerFree, Value: LayerFree {}
#endif
