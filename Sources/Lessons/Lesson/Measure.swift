/// The quantities that an author writes in cell options and front matter: tolerances, times and dates.
enum Measure {
    /// A mistake in a quantity, with the remedy.
    struct Misreading: Error {
        var message: String
        var hint: String
    }

    /// Reads a relative tolerance, above 0 and below 1.
    static func tolerance(_ text: String) -> Result<Double, Misreading> {
        guard let number = Double(text), number > 0, number < 1 else {
            let message = "tolerance '\(text)' is not a number above 0 and below 1"
            return .failure(Misreading(message: message, hint: "write 1e-5, say"))
        }
        return .success(number)
    }

    /// Reads a time with its unit, up to an hour: `500ms`, `10s`, `2m`.
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

    /// Reads a day as ISO 8601 has it: `2026-11-20`.
    static func date(_ text: String) -> Result<String, Misreading> {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { $0.allSatisfy { $0.isASCII && $0.isNumber } ? Int($0) : nil }
        guard parts.map(\.count) == [4, 2, 2], numbers.count == 3 else {
            return .failure(Misreading(message: "'\(text)' is no date", hint: "write it as 2026-11-20"))
        }
        let (year, month, day) = (numbers[0], numbers[1], numbers[2])
        let days = days(inMonth: month, of: year)
        let hint: String? =
            if year == 0 {
                "years begin with 0001"
            } else if days == 0 {
                "months are 01 to 12"
            } else if day == 0 || day > days {
                "days of \(parts[0...1].joined(separator: "-")) are 01 to \(days)"
            } else {
                nil
            }
        if let hint { return .failure(Misreading(message: "there is no day '\(text)'", hint: hint)) }
        return .success(text)
    }

    /// The number of days in a month of the Gregorian calendar; 0 for a month that does not exist.
    private static func days(inMonth month: Int, of year: Int) -> Int {
        let isLeapYear = year.isMultiple(of: 4) && !year.isMultiple(of: 100) || year.isMultiple(of: 400)
        return switch month {
        case 2: isLeapYear ? 29 : 28
        case 4, 6, 9, 11: 30
        case 1...12: 31
        default: 0
        }
    }
}
