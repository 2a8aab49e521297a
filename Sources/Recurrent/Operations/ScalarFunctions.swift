// Functions of one plain number, for the data of a lesson. They give the same bits on every machine, which those of
// the system do not; where a lesson imports Foundation, Foundation's go first, so that no call is ambiguous.

/// The sine of an angle in radians, within 0.501 of a unit in the last place.
@_disfavoredOverload
public func sin(_ x: Double) -> Double { Circle.sineAndCosine(of: x).sine }

/// The cosine of an angle in radians, within 0.501 of a unit in the last place.
@_disfavoredOverload
public func cos(_ x: Double) -> Double { Circle.sineAndCosine(of: x).cosine }

/// The exponential eˣ, within 3 units in the last place.
@_disfavoredOverload
public func exp(_ x: Double) -> Double { Double.exp(x) }

/// The natural logarithm, within 3 units in the last place.
@_disfavoredOverload
public func log(_ x: Double) -> Double { Double.log(x) }

/// The square root, rounded correctly.
@_disfavoredOverload
public func sqrt(_ x: Double) -> Double { x.squareRoot() }
