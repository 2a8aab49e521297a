// Functions of one plain number, for the data of a lesson. They give the same bits on every machine, which those of
// the system do not; where a lesson imports Foundation, Foundation's go first, so that no call is ambiguous.
// Of a `Float`, they are the value in double precision, rounded once.

/// The sine of an angle in radians, within 0.501 of a unit in the last place.
@_disfavoredOverload
public func sin(_ x: Double) -> Double { Circle.sineAndCosine(of: x).sine }

/// The sine of an angle in radians.
@_disfavoredOverload
public func sin(_ x: Float) -> Float { Float(Circle.sineAndCosine(of: Double(x)).sine) }

/// The cosine of an angle in radians, within 0.501 of a unit in the last place.
@_disfavoredOverload
public func cos(_ x: Double) -> Double { Circle.sineAndCosine(of: x).cosine }

/// The cosine of an angle in radians.
@_disfavoredOverload
public func cos(_ x: Float) -> Float { Float(Circle.sineAndCosine(of: Double(x)).cosine) }

/// The exponential eˣ, within 3 units in the last place.
@_disfavoredOverload
public func exp(_ x: Double) -> Double { Double.exp(x) }

/// The exponential eˣ.
@_disfavoredOverload
public func exp(_ x: Float) -> Float { Float(Double.exp(Double(x))) }

/// The natural logarithm, within 3 units in the last place.
@_disfavoredOverload
public func log(_ x: Double) -> Double { Double.log(x) }

/// The natural logarithm.
@_disfavoredOverload
public func log(_ x: Float) -> Float { Float(Double.log(Double(x))) }

/// The logarithm to the base 10, within 0.501 of a unit in the last place; of a power of ten, its exponent.
@_disfavoredOverload
public func log10(_ x: Double) -> Double { Logarithm.decimal(of: x) }

/// The logarithm to the base 10.
@_disfavoredOverload
public func log10(_ x: Float) -> Float { Float(Logarithm.decimal(of: Double(x))) }

/// The square root, rounded correctly.
@_disfavoredOverload
public func sqrt(_ x: Double) -> Double { x.squareRoot() }

/// The square root, rounded correctly.
@_disfavoredOverload
public func sqrt(_ x: Float) -> Float { x.squareRoot() }

/// The hyperbolic tangent, within 20 units in the last place.
@_disfavoredOverload
public func tanh(_ x: Double) -> Double { Double.tanh(x) }

/// The hyperbolic tangent.
@_disfavoredOverload
public func tanh(_ x: Float) -> Float { Float(Double.tanh(Double(x))) }

/// A number raised to a power: by multiplication for whole exponents, else exp(exponent · log base).
@_disfavoredOverload
public func pow(_ base: Double, _ exponent: Double) -> Double { Double.power(base, exponent) }

/// A number raised to a power.
@_disfavoredOverload
public func pow(_ base: Float, _ exponent: Float) -> Float { Float.power(base, exponent) }
