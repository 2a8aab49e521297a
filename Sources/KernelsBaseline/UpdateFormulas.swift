package import KernelInterface

extension Implementation {
    @export(interface)
    package static func update(
        _ parameter: UnsafeMutablePointer<Float>,
        along gradient: UnsafePointer<Float>,
        count: Int,
        decay: Float,
        by update: ParameterUpdate
    ) {
        let numbers = UpdatedNumbers(parameter: parameter, gradient: gradient, decay: decay)
        switch update {
        case .descent(let pace):
            Descent(numbers: numbers, pace: pace).run(count: count)
        case .momentum(let velocity, let kept, let taken, let ahead, let pace):
            Momentum(
                numbers: numbers,
                velocity: velocity,
                kept: kept,
                taken: taken,
                ahead: ahead,
                pace: pace
            ).run(count: count)
        case .adam(
            let mean,
            let square,
            let largest,
            let blend,
            let kept,
            let taken,
            let shrink,
            let scale,
            let epsilon,
            let pace
        ):
            Adam(
                numbers: numbers,
                mean: mean,
                square: RunningSquare(values: square, kept: kept, taken: taken),
                largest: largest,
                blend: blend,
                shrink: shrink,
                scale: scale,
                epsilon: epsilon,
                pace: pace
            ).run(count: count)
        case .rootMeanSquare(
            let square,
            let mean,
            let velocity,
            let blend,
            let kept,
            let taken,
            let momentum,
            let epsilon,
            let pace
        ):
            RootMeanSquare(
                numbers: numbers,
                square: RunningSquare(values: square, kept: kept, taken: taken),
                mean: mean,
                velocity: velocity,
                blend: blend,
                momentum: momentum,
                epsilon: epsilon,
                pace: pace
            ).run(count: count)
        case .squareSum(let square, let epsilon, let pace):
            SquareSum(numbers: numbers, square: square, epsilon: epsilon, pace: pace).run(count: count)
        }
    }
}

/// A parameter and its gradient.
private struct UpdatedNumbers {
    let parameter: UnsafeMutablePointer<Float>
    let gradient: UnsafePointer<Float>
    let decay: Float

    @inline(__always)
    func place<L: Lanes>(at index: Int) -> L { L(from: parameter + index) }

    /// The gradient with what the decay adds.
    @inline(__always)
    func slope<L: Lanes>(at index: Int, from place: L) -> L {
        L(from: gradient + index).adding(L(repeating: decay), times: place)
    }
}

/// The running mean of the gradient's square.
private struct RunningSquare {
    let values: UnsafeMutablePointer<Float>
    let kept: Float
    let taken: Float

    @inline(__always)
    func next<L: Lanes>(_ slope: L, at index: Int) -> L {
        let next = (L(from: values + index) * L(repeating: kept))
            .adding(L(repeating: taken) * slope, times: slope)
        next.store(to: values + index)
        return next
    }
}

extension Blend {
    /// The next value of a running mean.
    @inline(__always)
    fileprivate func next<L: Lanes>(
        _ values: UnsafeMutablePointer<Float>,
        _ slope: L,
        at index: Int
    ) -> L {
        let before = L(from: values + index)
        let next = (isSmall ? before : slope).adding(L(repeating: weight), times: slope - before)
        next.store(to: values + index)
        return next
    }
}

private struct Descent: LaneWork {
    let numbers: UpdatedNumbers
    let pace: Float

    @inline(__always)
    func run<L: Lanes>(_: L.Type, at index: Int) {
        let place: L = numbers.place(at: index)
        let slope = numbers.slope(at: index, from: place)
        place.adding(L(repeating: pace), times: slope).store(to: numbers.parameter + index)
    }
}

private struct Momentum: LaneWork {
    let numbers: UpdatedNumbers
    let velocity: UnsafeMutablePointer<Float>
    let kept: Float
    let taken: Float
    let ahead: Float?
    let pace: Float

    @inline(__always)
    func run<L: Lanes>(_: L.Type, at index: Int) {
        let place: L = numbers.place(at: index)
        let slope = numbers.slope(at: index, from: place)
        let speed = (L(from: velocity + index) * L(repeating: kept)).adding(L(repeating: taken), times: slope)
        speed.store(to: velocity + index)
        let direction = ahead.map { slope.adding(L(repeating: $0), times: speed) } ?? speed
        place.adding(L(repeating: pace), times: direction).store(to: numbers.parameter + index)
    }
}

private struct Adam: LaneWork {
    let numbers: UpdatedNumbers
    let mean: UnsafeMutablePointer<Float>
    let square: RunningSquare
    let largest: UnsafeMutablePointer<Float>?
    let blend: Blend
    let shrink: Float
    let scale: Float
    let epsilon: Float
    let pace: Float

    @inline(__always)
    func run<L: Lanes>(_: L.Type, at index: Int) {
        let place = numbers.place(at: index) * L(repeating: shrink)
        let slope = numbers.slope(at: index, from: place)
        let mean = blend.next(mean, slope, at: index)
        var square = square.next(slope, at: index)
        if let largest {
            let before = L(from: largest + index)
            square = before.replacing(with: square, where: before .< square)
            square.store(to: largest + index)
        }
        let divisor = square.squareRoot() / L(repeating: scale) + L(repeating: epsilon)
        (place + L(repeating: pace) * mean / divisor).store(to: numbers.parameter + index)
    }
}

private struct RootMeanSquare: LaneWork {
    let numbers: UpdatedNumbers
    let square: RunningSquare
    let mean: UnsafeMutablePointer<Float>?
    let velocity: UnsafeMutablePointer<Float>?
    let blend: Blend
    let momentum: Float
    let epsilon: Float
    let pace: Float

    @inline(__always)
    func run<L: Lanes>(_: L.Type, at index: Int) {
        let place: L = numbers.place(at: index)
        let slope = numbers.slope(at: index, from: place)
        var spread = square.next(slope, at: index)
        if let mean {
            let mean = blend.next(mean, slope, at: index)
            spread = spread.adding(L(repeating: 0) - mean, times: mean)
        }
        let divisor = spread.squareRoot() + L(repeating: epsilon)
        guard let velocity else {
            let moved = place + L(repeating: pace) * slope / divisor
            return moved.store(to: numbers.parameter + index)
        }
        let speed = L(from: velocity + index) * L(repeating: momentum) + slope / divisor
        speed.store(to: velocity + index)
        place.adding(L(repeating: pace), times: speed).store(to: numbers.parameter + index)
    }
}

private struct SquareSum: LaneWork {
    let numbers: UpdatedNumbers
    let square: UnsafeMutablePointer<Float>
    let epsilon: Float
    let pace: Float

    @inline(__always)
    func run<L: Lanes>(_: L.Type, at index: Int) {
        let place: L = numbers.place(at: index)
        let slope = numbers.slope(at: index, from: place)
        let sum = L(from: square + index).adding(slope, times: slope)
        sum.store(to: square + index)
        let moved = place + L(repeating: pace) * slope / (sum.squareRoot() + L(repeating: epsilon))
        moved.store(to: numbers.parameter + index)
    }
}
