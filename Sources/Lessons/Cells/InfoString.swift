/// The text after `swift model` on the opening line of a cell, read word by word.
///
/// Every mistake is reported at the very word that makes it, and reading goes on.
struct InfoString {
    private let source: SourceText
    private let start: SourceLocation
    private let bytes: [UInt8]
    private var index = 0
    private var name: String?
    private var options = CellOptions()
    private var diagnostics: [Diagnostic] = []

    private init(_ text: String, at start: SourceLocation, in source: SourceText) {
        self.source = source
        self.start = start
        bytes = Array(text.utf8)
    }

    /// Reads the options of a cell.
    ///
    /// - Parameters:
    ///   - text: The text after `swift model`.
    ///   - start: The location of its first byte.
    ///   - source: The file.
    /// - Returns: The cell's name, if its author gave one; the options, as far as they could be read; and what is
    ///   wrong.
    static func read(_ text: String, at start: SourceLocation, in source: SourceText) -> (
        name: String?, options: CellOptions, diagnostics: [Diagnostic]
    ) {
        var info = InfoString(text, at: start, in: source)
        var written: [OptionKeyword] = []
        while let word = info.nextWord() {
            guard let option = info.known(word) else { continue }
            guard !written.contains(option) else {
                let message = "the option '\(option)' is given twice"
                info.report(word.offset, message, hint: "keep one of the two")
                continue
            }
            for other in written {
                guard let reason = OptionKeyword.contradiction(option, other) else { continue }
                let pair = "the option '\(option)' contradicts '\(other)'"
                info.report(word.offset, "\(pair): \(reason)", hint: "take one of the two away")
            }
            written.append(option)
            info.options.locations[option] = info.location(of: word.offset)
            info.set(option, word)
        }
        return (info.name, info.options, info.diagnostics)
    }

    /// The location in the file of a byte of the info string.
    private func location(of offset: Int) -> SourceLocation {
        var location = start
        location.column = start.column.map { $0 + offset }
        return location
    }

    private mutating func report(_ offset: Int, _ message: String, hint: String? = nil) {
        diagnostics.append(source.diagnostic(.cellOption, at: location(of: offset), message, hint: hint))
    }
}

// MARK: - Words

extension InfoString {
    /// `key` or `key=value`, with its byte offset in the info string.
    private struct Word {
        var offset: Int
        var key: String
        var value: Value?

        struct Value {
            var offset: Int
            var text: String
            var isQuoted: Bool
        }
    }

    private static let space: [UInt8] = [0x20, 0x09]
    private static let quote = UInt8(ascii: "\"")
    private static let equals = UInt8(ascii: "=")
    private static let backslash = UInt8(ascii: "\\")

    private mutating func nextWord() -> Word? {
        skipSpace()
        guard index < bytes.count else { return nil }
        let start = index
        while index < bytes.count, bytes[index] != Self.equals, !Self.space.contains(bytes[index]) {
            index += 1
        }
        let key = String(decoding: bytes[start..<index], as: UTF8.self)
        let end = index
        skipSpace()
        guard index < bytes.count, bytes[index] == Self.equals else {
            index = end
            return Word(offset: start, key: key)
        }
        index += 1
        let afterEquals = index
        skipSpace()
        let isSplit = index > afterEquals && index < bytes.count && bytes[index] == Self.quote
        if afterEquals - 1 > end || isSplit {
            report(end, "no space may stand around =", hint: "write \(key)=\"…\"")
        } else {
            index = afterEquals
        }
        return Word(offset: start, key: key, value: nextValue())
    }

    private mutating func nextValue() -> Word.Value {
        let start = index
        if index < bytes.count, bytes[index] == Self.quote { return quotedValue() }
        while index < bytes.count, !Self.space.contains(bytes[index]) { index += 1 }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        return Word.Value(offset: start, text: text, isQuoted: false)
    }

    /// A value between quotes, in which `\"` is a quote and `\\` a backslash.
    private mutating func quotedValue() -> Word.Value {
        let start = index
        var text: [UInt8] = []
        index += 1
        while index < bytes.count, bytes[index] != Self.quote {
            let isEscape = bytes[index] == Self.backslash && index + 1 < bytes.count
            if isEscape, [Self.quote, Self.backslash].contains(bytes[index + 1]) { index += 1 }
            text.append(bytes[index])
            index += 1
        }
        if index == bytes.count {
            let hint = "a value ends on its line; write \\\" for a quote in it"
            report(start, "this quote is never closed", hint: hint)
        } else {
            index += 1
            if index < bytes.count, !Self.space.contains(bytes[index]) {
                let message = "a space is missing after the closing quote"
                report(index, message, hint: "write \\\" for a quote in a value")
            }
        }
        return Word.Value(offset: start, text: String(decoding: text, as: UTF8.self), isQuoted: true)
    }

    private mutating func skipSpace() {
        while index < bytes.count, Self.space.contains(bytes[index]) { index += 1 }
    }
}

// MARK: - Meaning

extension InfoString {
    /// The option that a word names, with exactly the value that it takes.
    private mutating func known(_ word: Word) -> OptionKeyword? {
        guard let option = OptionKeyword(rawValue: word.key) else {
            let message =
                word.key.isEmpty ? "an option's name is missing before =" : "unknown option '\(word.key)'"
            report(word.offset, message, hint: hint(forUnknown: word))
            return nil
        }
        if option.takesValue, word.value == nil {
            report(word.offset, "the option '\(option)' needs a value", hint: "write \(option.form)")
            return nil
        }
        if !option.takesValue, let value = word.value {
            report(value.offset - 1, "the option '\(option)' takes no value", hint: "write \(option) alone")
            return nil
        }
        return option
    }

    private func hint(forUnknown word: Word) -> String {
        let bare = String(word.key.reversed().drop { $0 == "," || $0 == ";" }.reversed())
        if bare.count < word.key.count, OptionKeyword(rawValue: bare) != nil {
            return "options are separated by spaces alone: \(bare)"
        }
        let others = OptionKeyword.allCases.map(\.rawValue)
        if let nearest = Spelling.nearest(to: bare, among: others) { return "did you mean '\(nearest)'?" }
        let isLoose = OptionKeyword.allCases.contains { option in
            guard let location = options.locations[option], option.form.hasSuffix("\"…\"") else {
                return false
            }
            return location < self.location(of: word.offset)
        }
        let remedy = isLoose ? "; a value of several words stands between quotes" : ""
        return "legal are \(OptionKeyword.allCases.map(\.form).joined(separator: ", "))\(remedy)"
    }

    private mutating func set(_ option: OptionKeyword, _ word: Word) {
        switch option {
        case .name: name = readName(word.value)
        case .hidden: options.isHidden = true
        case .folded: options.isFolded = true
        case .quiet: options.isQuiet = true
        case .volatile: options.isVolatile = true
        case .built: options.isBuilt = true
        case .fails: options.expectedFailure = readText(option, word.value).map(ExpectedFailure.compile)
        case .crashes: options.expectedFailure = readText(option, word.value).map(ExpectedFailure.crash)
        case .caption: options.caption = readPhrase(option, word.value)
        case .alt: options.alternative = readPhrase(option, word.value)
        case .tolerance: options.tolerance = read(word.value, Measure.tolerance)
        case .timeout: options.timeout = read(word.value, Measure.timeout)
        }
    }

    private mutating func readText(_ option: OptionKeyword, _ value: Word.Value?) -> String? {
        guard let value else { return nil }
        let text = value.text
        if !value.isQuoted, let first = text.unicodeScalars.first, "'“”„«「".unicodeScalars.contains(first) {
            let hint = "use straight double quotes: \(option.form)"
            report(value.offset, "\(first) does not open a value", hint: hint)
            return nil
        }
        guard text.contains(where: { !$0.isWhitespace }) else {
            let hint = "write \(option.form) or leave it out"
            report(value.offset, "the option '\(option)' is empty", hint: hint)
            return nil
        }
        return text
    }

    private mutating func readPhrase(_ option: OptionKeyword, _ value: Word.Value?) -> Phrase? {
        guard let value, let text = readText(option, value) else { return nil }
        let read = Phrase.read(text, at: location(of: value.offset), in: source)
        diagnostics += read.diagnostics
        return read.phrase
    }

    private mutating func readName(_ value: Word.Value?) -> String? {
        guard let value else { return nil }
        let legal = CellName.legalized(value.text)
        guard legal != value.text || legal.isEmpty else {
            if CellName.isReserved(legal) {
                let message = "the page itself uses the name '\(legal)'"
                report(value.offset, message, hint: "name the cell after what it does, such as \(legal)-cell")
            }
            return legal
        }
        let message =
            value.text.isEmpty
            ? "the cell's name is empty" : "the name '\(value.text)' may hold only a–z, 0–9 and single -"
        report(value.offset, message, hint: legal.isEmpty ? "write name=train" : "write name=\(legal)")
        return nil
    }

    private mutating func read<Value>(
        _ value: Word.Value?,
        _ measure: (String) -> Result<Value, Measure.Misreading>
    ) -> Value? {
        guard let value else { return nil }
        switch measure(value.text) {
        case .success(let result): return result
        case .failure(let misreading):
            report(value.offset, misreading.message, hint: misreading.hint)
            return nil
        }
    }
}
