public import Recurrent

// What the programs of a lesson with built cells have in them: the lesson's own hands values over, that of its live cells
// takes them.

/// Records what a built cell computed.
///
/// A lesson's program has this call at the end of the cell; authors do not write it.
@_documentation(visibility: internal)
public func recordBuilt(
    _ name: String,
    _ value: some BuiltValue,
    file: StaticString = #filePath,
    line: UInt = #line
) {
    var values = BuiltValues()
    value.add(name, to: &values)
    values.send(file: file, line: line)
}

/// Records the parameters of a layer that a built cell trained.
///
/// A lesson's program has this call at the end of the cell; authors do not write it.
@_documentation(visibility: internal)
public func recordBuilt(
    _ name: String,
    _ layer: some Layer,
    file: StaticString = #filePath,
    line: UInt = #line
) {
    var values = BuiltValues()
    layer.structure.add(name, to: &values)
    values.send(file: file, line: line)
}

/// Returns what a built cell computed.
///
/// The program of live cells has this call in the place of the cell; authors do not write it.
@_documentation(visibility: internal)
public func builtValue<Value: BuiltValue>(_ name: String) -> Value { Value.read(name, from: .current()) }

/// Returns a layer with the parameters that a built cell gave it.
///
/// The program of live cells has this call in the place of the cell; authors do not write it.
@_documentation(visibility: internal)
public func builtLayer<L: Layer>(_ name: String, _ layer: L) -> L {
    layer.structure.load(name, from: .current())
    return layer
}

/// Gives a layer the parameters that a built cell gave it.
///
/// The program of live cells has this call in the place of the cell; authors do not write it.
@_documentation(visibility: internal)
public func loadBuilt(_ name: String, _ layer: some Layer) { layer.structure.load(name, from: .current()) }

/// Gives a tensor the numbers that a built cell gave it.
///
/// The program of live cells has this call in the place of the cell; authors do not write it.
@_documentation(visibility: internal)
public func loadBuilt(_ name: String, _ tensor: Tensor) { tensor.load(name, from: .current()) }
