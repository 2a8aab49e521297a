internal import OutputHTML
internal import Records

/// The controls of a live cell, as a form of native inputs that stands before what the cell showed.
///
/// It is displayed only where scripts run, and says where what it moves comes from: a program that runs in the page, or
/// states that the build recorded.
struct LiveForm {
    /// What answers the controls.
    enum Source {
        /// The lesson's program, in which the cell has an index.
        case program(path: String, key: String, cell: Int)
        /// The file with the output of each state.
        case states(path: String)
    }

    let controls: [Control]
    let source: Source
    /// Whether the cell's code asks for an animation: then its controls are there before it has run, and nothing moves.
    let isAnimated: Bool
    let wording: Wording

    /// Writes the form.
    func write(into html: inout HTMLBuffer) {
        html.markup("<form class=\"live\" autocomplete=\"off\"\(sourceAttributes)>\n")
        for control in controls {
            html.markup("<div class=\"control \(control.kind.rawValue)\">")
            if control.kind == .frames { playButton(into: &html) }
            control.writeInput(into: &html)
            html.markup("</div>\n")
        }
        if case .program = source { player(into: &html) }
        html.markup("<div class=\"acts\"\(wording.attributes)>")
        if case .program = source {
            html.markup("<button type=\"submit\">\(wording.live.run)</button>")
        }
        // A reader brings frames back without it.
        if controls.contains(where: { $0.kind != .frames }) {
            html.markup("<button type=\"reset\">\(wording.live.reset)</button>")
        }
        html.markup("<p role=\"status\"><span></span><span></span></p>")
        html.markup("<button type=\"button\" class=\"report\" hidden>\(wording.copy)</button></div>\n")
        html.markup("<progress aria-label=\"\(wording.live.working)\" hidden></progress>\n</form>\n")
    }

    private var sourceAttributes: Markup {
        switch source {
        case .program(let path, let key, let cell):
            " data-module=\"\(path)\" data-key=\"\(key)\" data-cell=\"\(cell)\""
        case .states(let path): " data-states=\"\(path)\""
        }
    }

    /// The frames of a program that animates, which is sure once it has run.
    private func player(into html: inout HTMLBuffer) {
        html.markup("<div class=\"control frames player\"\(wording.attributes)")
        html.markup(isAnimated ? ">" : " hidden>")
        playButton(into: &html)
        html.markup("<label><span>\(wording.live.frame)</span>")
        html.markup("<input type=\"range\" min=\"0\" max=\"0\" step=\"1\" value=\"0\"></label>")
        html.markup("<output aria-live=\"off\"></output></div>\n")
    }

    private func playButton(into html: inout HTMLBuffer) {
        html.markup("<button type=\"button\" class=\"play\" aria-label=\"\(wording.live.play)\"")
        html.markup("\(wording.attributes)></button>")
    }
}

extension Control {
    /// Whole numbers at equal distances, which inputs know by themselves.
    private var numbers: (first: Int, step: Int, last: Int)? {
        let values = positions.compactMap { text in Int(text).flatMap { String($0) == text ? $0 : nil } }
        guard values.count == positions.count, let first = values.first, let last = values.last else {
            return nil
        }
        let step = values.count > 1 ? values[1] - first : 1
        let isEven = zip(values, values.dropFirst()).allSatisfy { $1 - $0 == step }
        return step > 0 && isEven ? (first, step, last) : nil
    }

    /// Writes the label with the input, and the text of its position where the input does not show it.
    fileprivate func writeInput(into html: inout HTMLBuffer) {
        switch kind {
        case .slider, .frames: steps("range", into: &html)
        case .stepper: steps(numbers == nil ? "range" : "number", into: &html)
        case .picker, .selection: options(into: &html)
        case .toggle:
            html.markup("<label><input type=\"checkbox\"")
            if initial > 0 { html.markup(" checked") }
            html.markup("><span>\(label)</span></label>")
        case .text:
            html.markup("<label><span>\(label)</span><input type=\"text\" value=\"\(positions[0])\"")
            if let length { html.markup(" maxlength=\"\(length)\"") }
            if let alphabet { html.markup(" data-alphabet=\"\(alphabet)\"") }
            html.markup(" spellcheck=\"false\" autocapitalize=\"off\"></label>")
        }
    }

    private func steps(_ type: String, into html: inout HTMLBuffer) {
        let text = positions[initial]
        html.markup("<label><span>\(label)</span><input type=\"\(type)\"")
        if let (first, step, last) = numbers {
            html.markup(" min=\"\(first)\" max=\"\(last)\" step=\"\(step)\" value=\"\(text)\">")
        } else {
            let texts = positions.map { $0.split(whereSeparator: \.isNewline).joined(separator: " ") }
            html.markup(" min=\"0\" max=\"\(positions.count - 1)\" step=\"1\" value=\"\(initial)\"")
            html.markup(" aria-valuetext=\"\(text)\" data-texts=\"\(texts.joined(separator: "\n"))\">")
        }
        html.markup("</label>")
        if type == "range" { html.markup("<output aria-live=\"off\">\(text)</output>") }
    }

    private func options(into html: inout HTMLBuffer) {
        html.markup("<label><span>\(label)</span><select")
        if kind == .selection, let figure { html.markup(" data-figure=\"\(figure)\"") }
        html.markup(">")
        for (index, text) in positions.enumerated() {
            html.markup(index == initial ? "<option selected>" : "<option>")
            html.markup("\(text)</option>")
        }
        html.markup("</select></label>")
    }
}
