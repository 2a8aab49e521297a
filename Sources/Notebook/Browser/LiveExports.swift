internal import OutputHTML
internal import Records
internal import Recurrent
internal import Serialization

// The functions of a module that the page calls. It sends positions and texts, and reads what is printed: a call is
// `liveSelect`, then `liveSet` or `liveText` for each control, then `liveRun`; its answer is `livePrintResult`.

/// The call that the page prepares.
private struct Preparation {
    var function: LiveFunction
    var settings: [ControlSetting]
    /// The text that arrives byte by byte, and its control.
    var text: (control: Int, bytes: [UInt8])?

    /// Sets the control whose text has arrived.
    mutating func endText() {
        guard let text else { return }
        settings[text.control] = .text(String(decoding: text.bytes, as: UTF8.self))
        self.text = nil
    }
}

private nonisolated(unsafe) var preparation: Preparation?

/// Begins a call of the live cell with this index in the order of the lesson; its controls are as they are at first.
@_expose(wasm, "liveSelect")
public func liveSelect(_ cell: Int32) {
    let functions = Session.current.state { $0.functions }
    Recurrent.require(
        functions.indices.contains(Int(cell)),
        "there is no live cell \(cell); there are \(functions.count)"
    )
    let function = functions[Int(cell)]
    preparation = Preparation(function: function, settings: function.controls.map { $0.initialSetting })
}

/// Sets a control to a position.
@_expose(wasm, "liveSet")
public func liveSet(_ control: Int32, _ position: Int32) {
    requireControl(control)
    preparation?.settings[Int(control)] = .position(Int(position))
}

/// Begins the text of a text field, whose bytes follow.
@_expose(wasm, "liveText")
public func liveText(_ control: Int32) {
    requireControl(control)
    preparation?.endText()
    preparation?.text = (Int(control), [])
}

/// Takes the next byte of a text, which is UTF-8.
@_expose(wasm, "liveTextByte")
public func liveTextByte(_ byte: Int32) {
    // Far more than any field takes: the rest is not kept, and the call says that the text is too long.
    guard let text = preparation?.text, text.bytes.count < 16 * greatestPositionCount else { return }
    preparation?.text?.bytes.append(UInt8(truncatingIfNeeded: byte))
}

/// Takes a byte of what a live function prints.
@_expose(wasm, "liveTakePrinted")
public func liveTakePrinted(_ byte: Int32) { Session.current.take(printed: UInt8(truncatingIfNeeded: byte)) }

/// Makes the call.
@_expose(wasm, "liveRun")
public func liveRun() {
    preparation?.endText()
    guard let call = preparation else { stop("no live cell is selected") }
    Session.current.answer(call.function, call.settings)
}

/// Prints what the call showed: its HTML, that of the frames of its animation, and a sentence that says it.
@_expose(wasm, "livePrintResult")
public func livePrintResult() {
    guard let record = Session.current.answered else { stop("no live cell was called") }
    var members = [JSON.Member("html", html(record.outputs))]
    if let live = record.live, let control = live.controls.first {
        members.append(JSON.Member("control", control.json))
        members.append(JSON.Member("frames", .array(live.states.map { html($0) })))
    }
    members.append(JSON.Member("sentence", .string(record.outputs.sentence)))
    print(JSON.object(members).compact, terminator: "")
}

/// Prints the record of the call, whose states are the frames of its animation.
@_expose(wasm, "livePrintRecord")
public func livePrintRecord() {
    guard let record = Session.current.answered else { stop("no live cell was called") }
    print(record.json.compact, terminator: "")
}

private func requireControl(_ control: Int32) {
    let count = preparation?.settings.count ?? 0
    Recurrent.require(
        (0..<count).contains(Int(control)),
        "there is no control \(control); the live cell has \(count)"
    )
}

private func html(_ outputs: [Output]) -> JSON { .string(OutputRenderer.render(outputs).html.string) }

extension [Output] {
    /// The outputs in one sentence, which is read out: the description of the first figure, or else the first line.
    fileprivate var sentence: String {
        for case .figure(let figure) in self { return figure.summary }
        for output in self {
            switch output {
            case .text(let text), .value(let text):
                let lines = [UInt8](text.utf8).drop { $0 == UInt8(ascii: "\n") }
                return String(decoding: lines.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
            case .table(let table): return table.caption ?? table.columns.joined(separator: ", ")
            case .figure: break
            }
        }
        return ""
    }
}
