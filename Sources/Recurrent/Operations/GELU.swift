/// The form in which GELU is computed.
public enum GELUForm: Sendable {
    /// By the share of the normal distribution itself.
    case exact
    /// By a hyperbolic tangent that comes close to it.
    case tanh
}

/// Each number times the share of the standard normal distribution that lies below it: y = x Φ(x),
/// dy/dx = Φ(x) + x φ(x); or `y = ½ x (1 + tanh(√(2/π) (x + 0.044715 x³)))`.
///
/// - Parameters:
///   - x: The numbers.
///   - form: Whether Φ is exact, or a hyperbolic tangent close to it: PyTorch's `approximate="tanh"`.
///
/// Source: D. Hendrycks and K. Gimpel, "Gaussian error linear units" (2016); PyTorch's `gelu`.
@export(interface)
public func gelu(_ x: Tensor, form: GELUForm = .exact) -> Tensor {
    let result = Storage.make(count: x.count, precision: x.storage.precision)
    // What the gradient needs costs as much as the values: it is made beside them.
    let slopes = Storage.make(count: x.count, precision: x.storage.precision)
    switch result.precision {
    case .single: computeGELU(Float.self, form, x.storage, result, slopes)
    case .double: computeGELU(Double.self, form, x.storage, result, slopes)
    }
    let node = x.tracked.map { input in
        UnaryNode("gelu", saved: slopes, shape: x.shape, input: input) { gradient, slopes in
            let product = Storage.make(count: gradient.count, precision: gradient.precision)
            switch gradient.precision {
            case .single: multiply(Float.self, gradient, slopes, product)
            case .double: multiply(Double.self, gradient, slopes, product)
            }
            return product
        }
    }
    return Tensor(result, shape: x.shape, node: node)
}

private func multiply<Scalar: Real>(_: Scalar.Type, _ a: Storage, _ b: Storage, _ product: Storage) {
    let (a, b, y) = (a.pointer(Scalar.self), b.pointer(Scalar.self), product.pointer(Scalar.self))
    for index in 0..<product.count { y[index] = a[index] * b[index] }
}

private func computeGELU<Scalar: Real>(
    _: Scalar.Type,
    _ form: GELUForm,
    _ x: Storage,
    _ result: Storage,
    _ slopes: Storage
) {
    let (x, y, slope) = (x.pointer(Scalar.self), result.pointer(Scalar.self), slopes.pointer(Scalar.self))
    let count = result.count
    switch form {
    case .exact:
        for index in 0..<count { y[index] = x[index] * x[index] * -0.5 }
        Scalar.exp(y, into: y, count: count)
        let height: Scalar = 0.398_942_280_401_432_7
        for index in 0..<count {
            let tail = y[index] * Scalar.millsRatio(x[index].magnitude)
            let share = x[index] < 0 ? tail : 1 - tail
            slope[index] = share + x[index] * (y[index] * height)
            y[index] = x[index] * share
        }
    case .tanh:
        let (factor, cubic): (Scalar, Scalar) = (0.797_884_560_802_865_4, 0.044715)
        for index in 0..<count {
            let x = x[index]
            y[index] = factor * (x + cubic * (x * x * x))
        }
        Scalar.tanh(y, into: y, count: count)
        for index in 0..<count {
            let (x, t) = (x[index], y[index])
            let steepness = (1 - t * t) * (factor * (1 + 3 * cubic * (x * x)))
            slope[index] = (1 + t) / 2 + x / 2 * steepness
            y[index] = x / 2 * (1 + t)
        }
    }
}

// Mills' ratio of the standard normal distribution, over √(2π): what lies beyond t, as a multiple of exp(−t²/2). With
// r = 1 / (t + 4) it is r times a polynomial in u = 1 − 8r, which runs from −1 to 1. The polynomials were found for this
// engine, as Chebyshev series of the function in 40 digits.

extension Float {
    /// Within 4 units in the last place, for t ≥ 0.
    @inline(__always)
    package static func millsRatio(_ t: Float) -> Float {
        let r = 1 / (t + 4)
        let u = 1 - 8 * r
        var p: Float = 2.118298425522466e-05
        p = p * u - 1.7310823014754179e-06
        p = p * u - 0.0002155737762864521
        p = p * u + 0.00013365338709444132
        p = p * u + 0.0016220401055284282
        p = p * u - 0.0034799546374434
        p = p * u - 0.007537717159683632
        p = p * u + 0.060396648278004936
        p = p * u - 0.1865221598399514
        p = p * u + 0.38713739385984314
        p = p * u - 0.6078966313662241
        return (p * u + 0.7552851305166057) * r
    }
}

extension Double {
    /// Within 4 units in the last place, for t ≥ 0.
    package static func millsRatio(_ t: Double) -> Double {
        let r = 1 / (t + 4)
        let u = 1 - 8 * r
        return millsCoefficients.reduce(0) { $0 * u + $1 } * r
    }

    private static let millsCoefficients: [Double] = [
        1.175478991480774e-10, 3.403312308649495e-10, -8.546521899880147e-10, -3.73064508186837e-09,
        1.4329918401088613e-09, 2.1427603843452355e-08, 1.4630727405651175e-08, -8.686647015997893e-08,
        -1.5650236461993106e-07, 2.7246296951145873e-07, 1.0225604158296038e-06, -6.298367338492369e-07,
        -5.920586519556891e-06, 7.166587641195121e-07, 3.514479478753355e-05, -1.908246351414571e-06,
        -0.00023109495324019437, 0.00013334430941183256, 0.001630818459394586, -0.0034796923670479736,
        -0.00754018896682524, 0.060396574890917876, -0.18652185795965484, 0.3871374007422149,
        -0.6078966419718921, 0.7552851304157515,
    ]
}
