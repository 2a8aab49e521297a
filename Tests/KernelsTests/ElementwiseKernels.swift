import Foundation
import KernelInterface
import Kernels
import Testing
import Turns

/// A function under test and the same function in Float64.
private struct Subject: CustomTestStringConvertible {
    let name: String
    let apply: (any KernelSet.Type) -> (UnsafePointer<Float>, UnsafeMutablePointer<Float>, Int) -> Void
    let reference: @Sendable (Double) -> Double

    var testDescription: String { name }

    func values(_ inputs: [Float], _ build: Build) -> [Float] {
        var outputs = inputs
        outputs.withUnsafeMutableBufferPointer {
            apply(build.kernels)(inputs, $0.baseAddress!, inputs.count)
        }
        return outputs
    }
}

nonisolated(unsafe) private let subjects = [
    Subject(name: "exp", apply: { k in { k.exp($0, into: $1, count: $2) } }, reference: Foundation.exp),
    Subject(name: "log", apply: { k in { k.log($0, into: $1, count: $2) } }, reference: Foundation.log),
    Subject(name: "tanh", apply: { k in { k.tanh($0, into: $1, count: $2) } }, reference: Foundation.tanh),
    Subject(
        name: "sigmoid",
        apply: { k in { k.sigmoid($0, into: $1, count: $2) } },
        reference: { 1 / (1 + Foundation.exp(-$0)) }
    ),
    Subject(name: "sin", apply: { k in { k.sin($0, into: $1, count: $2) } }, reference: Foundation.sin),
    Subject(name: "cos", apply: { k in { k.cos($0, into: $1, count: $2) } }, reference: Foundation.cos),
]

@Suite(.inTurns) struct Elementary {
    /// Every 499th Float32, in all binades and of both signs: one from each small neighborhood is
    /// enough to find a wrong coefficient.
    @Test(arguments: subjects.indices)
    func `lies within two units of the exact value`(_ index: Int) {
        let subject = subjects[index]
        var worst = 0.0
        var worstInput: Float = 0
        let chunk: UInt32 = 1 << 16
        for start in stride(from: UInt32(0), to: 1 << 31, by: Int(chunk) * 499) {
            let patterns = (0..<chunk).map { start &+ $0 &* 499 }
            let inputs = patterns.flatMap { pattern -> [Float] in
                let x = Float(bitPattern: pattern & 0x7FFF_FFFF)
                return x.isFinite ? [x, -x] : []
            }
            let outputs = subject.values(inputs, Build.all.last!)
            for (x, y) in zip(inputs, outputs) {
                let error = unitsOff(y, from: subject.reference(Double(x)))
                if error > worst { (worst, worstInput) = (error, x) }
            }
        }
        #expect(worst <= 2, "\(subject.name)(\(worstInput))")
    }

    /// The distance in units in the last place of the nearest Float32.
    private func unitsOff(_ value: Float, from exact: Double) -> Double {
        let nearest = Float(exact)
        if value.isNaN || nearest.isNaN { return value.isNaN && nearest.isNaN ? 0 : .infinity }
        if value == nearest { return 0 }
        guard nearest.isFinite, value.isFinite else {
            let edge = Double(Float.greatestFiniteMagnitude)
            return abs(exact) > edge && abs(value) == .greatestFiniteMagnitude ? 1 : .infinity
        }
        return abs(Double(value) - exact) / Double(nearest.ulp)
    }

    @Test(arguments: subjects.indices)
    func `gives the same bits in every build and at every place of a buffer`(_ index: Int) {
        let subject = subjects[index]
        let edges: [Float] = [
            0, -0.0, 1, -1, .infinity, -.infinity, .nan, .leastNonzeroMagnitude,
            -.leastNonzeroMagnitude, .leastNormalMagnitude, .greatestFiniteMagnitude,
            -.greatestFiniteMagnitude, 88.722, 88.73, -87.4, -103.9, -104.1, 9.02, 0.34, 1e5, 1_048_575.9,
            3e38,
        ]
        var generator = Samples(seed: 7)
        let inputs =
            edges
            + (0..<5000).map { _ in Float(bitPattern: UInt32.random(in: 0 ... .max, using: &generator)) }
            + (0..<5000).map { _ in Float.random(in: -12...12, using: &generator) }
        let expected = inputs.map { subject.values([$0], Build.all[0])[0] }
        for build in Build.all {
            #expect(sameBits(subject.values(inputs, build), expected), "\(build.name)")
            for count in 1...40 {
                let part = Array(inputs[20..<20 + count])
                #expect(sameBits(subject.values(part, build), Array(expected[20..<20 + count])))
            }
        }
    }

    @Test func `keeps the sign of zero, and is odd to the bit`() {
        #expect(Kernels.tanh(-0.0).sign == .minus)
        #expect(Kernels.sin(-0.0).sign == .minus)
        for x in stride(from: Float(0.001), to: 12, by: 0.017) {
            #expect(Kernels.tanh(-x) == -Kernels.tanh(x))
            #expect(Kernels.sin(-x) == -Kernels.sin(x))
            #expect(Kernels.cos(-x) == Kernels.cos(x))
        }
    }

    @Test func `meets the exact values at the ends of the line`() {
        #expect(Kernels.exp(0) == 1 && Kernels.exp(-.infinity) == 0 && Kernels.exp(.infinity) == .infinity)
        #expect(Kernels.log(1) == 0 && Kernels.log(0) == -.infinity && Kernels.log(-1).isNaN)
        #expect(Kernels.log(.infinity) == .infinity && Kernels.log(.nan).isNaN)
        #expect(Kernels.tanh(.infinity) == 1 && Kernels.tanh(-.infinity) == -1 && Kernels.tanh(.nan).isNaN)
        #expect(
            Kernels.sigmoid(0) == 0.5 && Kernels.sigmoid(-.infinity) == 0 && Kernels.sigmoid(.infinity) == 1
        )
        #expect(Kernels.sin(.infinity).isNaN && Kernels.cos(-.infinity).isNaN && Kernels.cos(0) == 1)
    }
}
