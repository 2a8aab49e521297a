/// Reads the numbers that cell options and front matter share.
enum Measure {
    /// What is wrong with a number, and what to write.
    struct Misreading: Error {
        var message: String
        var hint: String
    }

    /// A relative tolerance, above 0 and below 1.
    static func tolerance(_ text: String) -> Result<Double, Misreading> {
        guard let number = Double(text), number > 0, number < 1 else {
            let message = "tolerance '\(text)' is not a number above 0 and below 1"
            return .failure(Misreading(message: message, hint: "write 1e-5, say"))
        }
        return .success(number)
    }

    /// A time with its unit, up to an hour: `500ms`, `10s`, `2m`.
    static func timeout(_ text: String) -> Result<Duration, Misreading> {
        let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        let unit = text.dropFirst(digits.count)
        guard let number = Double(digits), let seconds = ["ms": 0.001, "s": 1, "m": 60][unit] else {
            let remedy =
                unit.isEmpty && !digits.isEmpty ? "write \(digits)s for seconds" : "write 500ms, 10s or 2m"
            return .failure(
                Misreading(message: "timeout '\(text)' is not a time with its unit", hint: remedy)
            )
        }
        let milliseconds = (number * seconds * 1000).rounded()
        guard (1...3_600_000).contains(milliseconds) else {
            let message = "timeout '\(text)' is not between 1ms and 60m"
            return .failure(Misreading(message: message, hint: "leave it out for 60s"))
        }
        return .success(.milliseconds(Int(milliseconds)))
    }
}
