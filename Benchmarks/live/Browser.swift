/// Trains some steps of the layer.
@_expose(wasm, "trainSteps")
public func trainSteps(_ count: Int32) -> Float { Steps.train(Int(count)) }

/// Trains tutorial 000, whole.
@_expose(wasm, "trainWhole")
public func trainWhole() { trainWholeSine() }
