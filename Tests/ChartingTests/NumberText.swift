import Charting
import Testing

@Suite struct NumberTextTests {
    private static let short: [(Double, String)] = [
        (0.0, "0"), (0.261, "0.261"), (0.26149, "0.261"), (1.3e-06, "1.3e-06"), (-12, "−12"), (0.15, "0.15"),
        (999_999, "1e+06"), (123_456, "123000"), (0.0001, "0.0001"), (0.00001, "1e-05"),
        (-2.5e-300, "−2.5e-300"),
        (1.7976931348623157e308, "1.8e+308"), (.leastNonzeroMagnitude, "5e-324"), (.nan, "NaN"),
        (.infinity, "∞"),
        (-.infinity, "−∞"), (9.995, "10"), (100, "100"), (20.0 / 3, "6.67"),
    ]

    @Test(arguments: short)
    func `Three digits name a number`(value: Double, text: String) {
        #expect(NumberText.short(value) == text)
    }

    private static let fixed: [(Int64, Int, Int, String)] = [
        (25, -2, 2, "0.25"), (-5, -3, 3, "−0.005"), (0, -1, 1, "0.0"), (0, 3, 0, "0"), (12, 3, 0, "12,000"),
        (1, 3, 0, "1,000"), (1_234_567, -1, 1, "123,456.7"), (7, 0, 2, "7.00"),
    ]

    @Test(arguments: fixed)
    func `Places are fixed and large numbers are grouped`(
        digits: Int64,
        exponent: Int,
        decimals: Int,
        text: String
    ) {
        #expect(
            NumberText(digits: digits, exponent: exponent).plain(decimals: decimals, grouped: true) == text
        )
    }

    @Test func `The decimal is the number`() {
        for value in [
            0.1, 1, -2.5e-300, 123_456_789.125, 1e22, .leastNonzeroMagnitude, 1.7976931348623157e308,
        ] {
            let text = NumberText(value)
            #expect(Double("\(text.digits)e\(text.exponent)") == value)
        }
    }

    @Test func `Digits suffice to tell the ends of a range apart`() {
        #expect(NumberText.digitsToTell(0, from: 1) == 3)
        #expect(NumberText.digitsToTell(0.9999, from: 1.0001) == 6)
    }
}

@Suite struct SVGNumberTests {
    private static let coordinates: [(Double, String)] = [
        (0.0, "0"), (-0.001, "0"), (12.5, "12.5"), (12.345, "12.35"), (-3.049, "-3.05"), (100, "100"),
        (0.05, "0.05"),
        (1e6 + 0.25, "1000000.25"),
    ]

    @Test(arguments: coordinates)
    func `Coordinates have two decimals at most`(value: Double, text: String) {
        #expect(SVGNumber.text(value) == text)
    }
}

@Suite struct PowersOfTenTests {
    @Test func `Powers are the doubles nearest to them`() {
        for exponent in -307...308 { #expect(PowersOfTen.power(exponent) == Double("1e\(exponent)")) }
    }

    @Test func `Logarithms are exact at powers of ten and close between`() {
        for exponent in -300...300 {
            let power = PowersOfTen.power(exponent)
            #expect(abs(PowersOfTen.log10(power) - Double(exponent)) <= 1e-13 * max(1, abs(Double(exponent))))
            #expect(PowersOfTen.exponent(power) == exponent)
            #expect(PowersOfTen.exponent(power.nextDown) == exponent - 1)
        }
        #expect(abs(PowersOfTen.log10(2) - 0.301029995663981195) < 1e-15)
        #expect(abs(PowersOfTen.log10(0.261) - -0.583359492661719) < 1e-14)
    }
}
