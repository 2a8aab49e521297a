internal import Recurrent

// What the browser's side calls: tutorial 004 is trained, and its losses and weights are read one by one.

nonisolated(unsafe) private var trace = Trace([])

/// Trains the tutorial's network, and says how many epochs there were.
@_expose(wasm, "train")
public func train(_ seed: Int32) -> Int32 {
    trace = ByHandTutorial.run(seed: Int(seed))
    return Int32(trace.losses.count)
}

/// The bits of an epoch's loss.
@_expose(wasm, "lossBits")
public func lossBits(_ epoch: Int32) -> UInt32 { Float(trace.losses[Int(epoch)]).bitPattern }

/// The digest of the weights after the last epoch.
@_expose(wasm, "digest")
public func digest() -> UInt64 { trace.digest }
