import Notebook
import Testing

@Suite("A rounded number") struct RoundedNumberTests {
    @Test(
        "has the digits that count",
        arguments: [
            (0.026059, "0.0261"), (-12.04, "−12"), (1.3116197e-06, "1.31e-06"), (0, "0"), (2499.6, "2500"),
            (.nan, "NaN"), (-.infinity, "−∞"),
        ]
    )
    func threeDigits(value: Double, text: String) {
        #expect(about(value) == text)
    }

    @Test("takes any kind of number, and any count of digits") func kinds() {
        #expect(about(Float(0.1)) == "0.1")
        #expect(about(Float(98.7654), digits: 4) == "98.77")
    }
}
