/// A fixed number of Float32 values that are worked on side by side.
///
/// Every kernel is written once, over any `Lanes`, and vectorized over outputs only: a lane never
/// meets another. So the same arithmetic comes out of sixteen lanes, of eight, and of a plain
/// `Float`, which is one lane.
protocol Lanes {
    /// The lanes' bit patterns.
    associatedtype Bits: BitLanes
    /// A truth value for each lane.
    associatedtype Mask

    /// The number of lanes.
    static var count: Int { get }

    init(repeating value: Float)
    init(bits: Bits)
    var bits: Bits { get }

    /// Reads `count` values from `source`, which needs no alignment.
    init(from source: UnsafePointer<Float>)
    /// Writes `count` values to `destination`, which needs no alignment.
    func store(to destination: UnsafeMutablePointer<Float>)

    static func + (left: Self, right: Self) -> Self
    static func - (left: Self, right: Self) -> Self
    static func * (left: Self, right: Self) -> Self
    static func / (left: Self, right: Self) -> Self

    /// This value plus a · b, rounded once.
    func adding(_ a: Self, times b: Self) -> Self

    /// The correctly rounded square root.
    func squareRoot() -> Self

    static func .< (left: Self, right: Self) -> Mask
    static func .== (left: Self, right: Self) -> Mask
    func replacing(with other: Self, where mask: Mask) -> Self
}

/// The bit patterns of lanes, with the wrapping integer arithmetic that the kernels need.
protocol BitLanes {
    init(repeating value: Int32)
    static func &+ (left: Self, right: Self) -> Self
    static func &- (left: Self, right: Self) -> Self
    static func &<< (left: Self, right: Self) -> Self
    static func &>> (left: Self, right: Self) -> Self
    static func & (left: Self, right: Self) -> Self
    static func | (left: Self, right: Self) -> Self
    static func ^ (left: Self, right: Self) -> Self
}
