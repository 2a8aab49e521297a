/// Each number rounded to the nearest whole one; halves to the even one, as in PyTorch. Its slope is 0.
@export(interface)
public func round(_ x: Tensor) -> Tensor { x.mapped(Rounding()) }

/// The sign of each number: 1 above 0, −1 below, else 0, of NaN too, as in PyTorch. Its slope is 0.
@export(interface)
public func sign(_ x: Tensor) -> Tensor { x.mapped(Sign()) }

private struct Rounding: UnaryFunction {
    var name: String { "round" }
    var saves: SavedForBackward { .nothing }
    func value<Scalar: Real>(_ x: Scalar) -> Scalar { x.rounded(.toNearestOrEven) }
    func backward<Scalar: Real>(_ gradient: Scalar, _ saved: Scalar) -> Scalar { 0 }
}

private struct Sign: UnaryFunction {
    var name: String { "sign" }
    var saves: SavedForBackward { .nothing }
    func value<Scalar: Real>(_ x: Scalar) -> Scalar { x > 0 ? 1 : x < 0 ? -1 : 0 }
    func backward<Scalar: Real>(_ gradient: Scalar, _ saved: Scalar) -> Scalar { 0 }
}
