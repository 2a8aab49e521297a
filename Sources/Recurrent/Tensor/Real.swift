/// A number format that operations are written for once and compiled for twice.
///
/// `Float` is what lessons compute in. `Double` repeats the same code for `gradientCheck`.
package protocol Real: VectorScalar {
    static var precision: Precision { get }

    /// `addend + left * right`, rounded once.
    static func fused(_ addend: Self, _ left: Self, _ right: Self) -> Self

    static func exp(_ x: Self) -> Self
    static func log(_ x: Self) -> Self
    static func tanh(_ x: Self) -> Self
    static func sigmoid(_ x: Self) -> Self
    static func power(_ base: Self, _ exponent: Self) -> Self
}

// Outside Embedded Swift, a number that vectors are made of is Codable, and must say so.
#if hasFeature(Embedded)
    package typealias VectorScalar = BinaryFloatingPoint & SIMDScalar
#else
    package typealias VectorScalar = BinaryFloatingPoint & SIMDScalar & Codable
#endif
