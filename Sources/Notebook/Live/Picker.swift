internal import Charting
public import Records
internal import Recurrent

/// A picker of one among some options.
///
///     Picker("looks back", ["one step", "all the way"])
///     Picker("looks back", ["one step": 1, "all the way": 20])
///
/// Texts alone are what the live function gets; else it gets the value beside the text.
public struct Picker<Value>: LiveControl {
    private let positions: Positions<Value>

    /// A picker of values, each with the text that a reader sees.
    ///
    /// - Parameters:
    ///   - label: The label.
    ///   - options: The texts and their values, in order.
    ///   - initial: The text of the option at first; the first by default.
    ///   - file: The caller's file.
    ///   - line: The caller's line.
    public init(
        _ label: String,
        _ options: KeyValuePairs<String, Value>,
        initially initial: String? = nil,
        file: StaticString = #filePath,
        line: UInt = #line
    ) {
        self.init(
            label,
            texts: options.map { $0.key },
            options.map { $0.value },
            initially: initial,
            file: file,
            line: line
        )
    }

    private init(
        _ label: String,
        texts: [String],
        _ values: [Value],
        initially initial: String?,
        file: StaticString,
        line: UInt
    ) {
        requireLabel(label, of: .picker, file: file, line: line)
        for (index, text) in texts.enumerated() {
            Recurrent.require(
                text.contains { !$0.isBlank } && !texts[..<index].contains(text),
                "Picker \"\(label)\" has the option \"\(text)\" \(texts[..<index].contains(text) ? "twice" : "without a text"); "
                    + "give each option a text of its own",
                file: file,
                line: line
            )
        }
        if let initial {
            Recurrent.require(
                texts.contains(initial),
                "Picker \"\(label)\" begins at \"\(initial)\", which is none of its options; begin at one of them",
                file: file,
                line: line
            )
        }
        positions = Positions(
            .picker,
            label,
            values,
            texts: texts,
            initial: initial.map { texts.firstIndex(of: $0) } ?? 0,
            file: file,
            line: line
        )
    }

    /// The picker as a page shows it.
    public var face: ControlFace { positions.face }

    /// The value of the option at a position.
    public func value(of setting: ControlSetting) -> Value { positions.value(of: setting) }
}

extension Picker where Value == String {
    /// A picker of texts.
    ///
    /// - Parameters:
    ///   - label: The label.
    ///   - options: The texts, in order.
    ///   - initial: The text at first; the first by default.
    ///   - file: The caller's file.
    ///   - line: The caller's line.
    public init(
        _ label: String,
        _ options: [String],
        initially initial: String? = nil,
        file: StaticString = #filePath,
        line: UInt = #line
    ) {
        self.init(label, texts: options, options, initially: initial, file: file, line: line)
    }
}
