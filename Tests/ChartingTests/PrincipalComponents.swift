import Charting
import Testing

@Suite struct PrincipalComponentsTests {
    @Test func `Points along a line have one component`() {
        let points = (0..<10).map { [Double($0) * 3, Double($0) * 4, 1] }
        let components = PrincipalComponents(of: points)
        #expect(abs(components.components[0][0] - 0.6) < 1e-12)
        #expect(abs(components.components[0][1] - 0.8) < 1e-12)
        #expect(abs(components.shares[0] - 1) < 1e-12)
        #expect(abs(components.projected[9][0] - components.projected[0][0] - 45) < 1e-9)
        #expect(components.projected.allSatisfy { abs($0[1]) < 1e-9 })
    }

    /// Checked against the eigenvalues of the covariance: a projection's variance is its eigenvalue, and components of
    /// different eigenvalues are uncorrelated.
    @Test func `Components are uncorrelated, and ordered by variance`() {
        var generator = Generator(seed: 5)
        let points = (0..<40).map { _ in
            (0..<6).map { feature in Double.random(in: -1...1, using: &generator) * Double(6 - feature) }
        }
        let components = PrincipalComponents(of: points, count: 6)
        for first in 0..<6 {
            for second in 0..<6 {
                let product = zip(components.components[first], components.components[second]).reduce(0) {
                    $0 + $1.0 * $1.1
                }
                #expect(abs(product - (first == second ? 1 : 0)) < 1e-9)
                let correlation = components.projected.reduce(0) { $0 + $1[first] * $1[second] }
                if first != second { #expect(abs(correlation) < 1e-6) }
            }
        }
        #expect(zip(components.shares, components.shares.dropFirst()).allSatisfy { $0 >= $1 })
        #expect(abs(components.shares.reduce(0, +) - 1) < 1e-9)
    }

    @Test func `Equal points, and fewer features than components, give zeros`() {
        let components = PrincipalComponents(of: [[2.0], [2.0]])
        #expect(components.projected == [[0, 0], [0, 0]])
        #expect(components.shares == [0, 0])
    }

    @Test func `Bad points are named`() {
        #expect(PrincipalComponents.problem([[1, 2], [3]])?.contains("point 1 has 1") == true)
        #expect(PrincipalComponents.problem([[1], [.nan]])?.contains("point 1 has [nan]") == true)
        #expect(HeatMap.problem([2, 3], 0, 0)?.contains("row 1 has 3") == true)
        #expect(HeatMap.problem([2, 2], 3, 0)?.contains("3 row names for 2 rows") == true)
        #expect(HeatMap.problem([2, 2], 2, 2) == nil)
    }
}
