internal import Records
public import Recurrent

/// Records the shape of a tensor that the current cell defined.
///
/// A lesson's program has this call at the end of the line; authors do not write it.
@_documentation(visibility: internal)
public func recordShape(_ name: String, _ tensor: Tensor) {
    Session.current.record(TensorShape(name: name, shape: "\(tensor.shape)"))
}

/// Records the shape of a tensor that the current cell defined.
///
/// A lesson's program has this call at the end of the line; authors do not write it.
@_documentation(visibility: internal)
public func recordShape(_ name: String, _ tensor: IntTensor) {
    Session.current.record(TensorShape(name: name, shape: "\(tensor.shape)"))
}

/// Records nothing: a lesson may have a `Tensor` of its own, which need not have a shape.
@_documentation(visibility: internal)
public func recordShape<Value: ~Copyable>(_ name: String, _ value: borrowing Value) {}
