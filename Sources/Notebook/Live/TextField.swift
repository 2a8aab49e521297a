public import Records
internal import Recurrent

/// A field for a short text.
///
///     TextField("begins with", initially: "the ", length: 20, alphabet: "abcdefghijklmnopqrstuvwxyz ")
public struct TextField: LiveControl {
    /// The field as a page shows it.
    public let face: ControlFace

    /// A field for a text.
    ///
    /// - Parameters:
    ///   - label: The label.
    ///   - initial: The text at first.
    ///   - length: The most characters.
    ///   - alphabet: The characters that a reader can type; by default all that can be seen, and blanks.
    ///   - file: The caller's file.
    ///   - line: The caller's line.
    @export(interface)
    public init(
        _ label: String,
        initially initial: String = "",
        length: Int = 40,
        alphabet: String? = nil,
        file: StaticString = #filePath,
        line: UInt = #line
    ) {
        requireLabel(label, of: .text, file: file, line: line)
        Recurrent.require(
            (1...greatestPositionCount).contains(length),
            "TextField \"\(label)\" has room for \(length) characters; give it 1 to \(greatestPositionCount)",
            file: file,
            line: line
        )
        Recurrent.require(
            alphabet?.isEmpty != true,
            "TextField \"\(label)\" has an alphabet without a character; name some, or leave it out",
            file: file,
            line: line
        )
        let face = ControlFace(.text, label, positions: [initial], length: length, alphabet: alphabet)
        let problem = face.problem(withText: initial)
        Recurrent.require(
            problem == nil,
            "TextField \"\(label)\" begins with \(initial.quoted), \(problem ?? ""); begin with a text that it takes",
            file: file,
            line: line
        )
        self.face = face
    }

    /// The text.
    public func value(of setting: ControlSetting) -> String {
        guard case .text(let text) = setting else { return face.positions[0] }
        return text
    }
}

extension ControlFace {
    /// The reason why a text field does not take a text, if it does not.
    func problem(withText text: String) -> String? {
        let limit = length ?? greatestPositionCount
        if text.count > limit { return "which has more than \(limit) characters" }
        guard let alphabet else {
            return text.unicodeScalars.contains { $0.isControl } ? "which has a control character" : nil
        }
        let foreign = text.first { !alphabet.contains($0) }
        return foreign.map { "whose \(String($0).quoted) is not in its alphabet" }
    }
}

extension Unicode.Scalar {
    fileprivate var isControl: Bool { value < 0x20 || (0x7F..<0xA0).contains(value) }
}

extension String {
    /// The text in quotation marks, with what ends or hides in them escaped; `debugDescription` would do as much for
    /// more of Unicode, and is 5 kB of each program for the browser.
    fileprivate var quoted: String {
        var quoted = "\""
        for scalar in unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\" + String(Character(scalar))
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            case _ where scalar.isControl:
                quoted += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
