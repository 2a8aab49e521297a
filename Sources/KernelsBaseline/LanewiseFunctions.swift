/// A function of one number that is applied to whole buffers.
private protocol UnaryFunction {
    static func value<L: Lanes>(at x: L) -> L
}

private enum Exponential: UnaryFunction {
    @inline(__always) static func value<L: Lanes>(at x: L) -> L { exponential(x) }
}

private enum Logarithm: UnaryFunction {
    @inline(__always) static func value<L: Lanes>(at x: L) -> L { naturalLogarithm(x) }
}

private enum HyperbolicTangent: UnaryFunction {
    @inline(__always) static func value<L: Lanes>(at x: L) -> L { hyperbolicTangent(x) }
}

private enum Logistic: UnaryFunction {
    @inline(__always) static func value<L: Lanes>(at x: L) -> L { logistic(x) }
}

/// Applies a function lane by lane: wide first, then narrower for what remains.
@inline(__always)
private func apply<F: UnaryFunction>(
    _ function: F.Type,
    to source: UnsafePointer<Float>,
    into destination: UnsafeMutablePointer<Float>,
    count: Int
) {
    var index = 0
    while index + Widest.count <= count {
        F.value(at: Widest(from: source + index)).store(to: destination + index)
        index += Widest.count
    }
    while index + 4 <= count {
        F.value(at: SIMD4(from: source + index)).store(to: destination + index)
        index += 4
    }
    while index < count {
        F.value(at: source[index]).store(to: destination + index)
        index += 1
    }
}

extension Implementation {
    @export(interface)
    package static func exp(
        _ source: UnsafePointer<Float>,
        into destination: UnsafeMutablePointer<Float>,
        count: Int
    ) {
        apply(Exponential.self, to: source, into: destination, count: count)
    }

    @export(interface)
    package static func log(
        _ source: UnsafePointer<Float>,
        into destination: UnsafeMutablePointer<Float>,
        count: Int
    ) {
        apply(Logarithm.self, to: source, into: destination, count: count)
    }

    @export(interface)
    package static func tanh(
        _ source: UnsafePointer<Float>,
        into destination: UnsafeMutablePointer<Float>,
        count: Int
    ) {
        apply(HyperbolicTangent.self, to: source, into: destination, count: count)
    }

    @export(interface)
    package static func sigmoid(
        _ source: UnsafePointer<Float>,
        into destination: UnsafeMutablePointer<Float>,
        count: Int
    ) {
        apply(Logistic.self, to: source, into: destination, count: count)
    }

    @export(interface)
    package static func sin(
        _ source: UnsafePointer<Float>,
        into destination: UnsafeMutablePointer<Float>,
        count: Int
    ) {
        sines(of: source, offset: 0, into: destination, count: count)
    }

    @export(interface)
    package static func cos(
        _ source: UnsafePointer<Float>,
        into destination: UnsafeMutablePointer<Float>,
        count: Int
    ) {
        sines(of: source, offset: 1, into: destination, count: count)
    }
}
