internal import Foundation
internal import Lessons

extension TeX {
    /// The formula as plain words, for where no formula can be set: `ln 4` for `\ln 4`, `α₁²` for `\alpha_1^2`.
    package var words: String {
        var writer = MathWords()
        writer.add(TeXParser.parse(source).formula)
        return writer.text.split(separator: " ").joined(separator: " ")
    }
}

/// Writes the tree of a formula as one line of text.
private struct MathWords {
    private(set) var text = ""

    /// The words of a node by itself.
    private static func words(_ node: MathNode) -> String {
        var writer = MathWords()
        writer.add(node)
        return writer.text.split(separator: " ").joined(separator: " ")
    }

    mutating func add(_ node: MathNode) {
        switch node {
        case .row(let nodes): row(nodes)
        case .identifier(let name, _): text += name
        case .number(let digits): text += digits
        case .sign(let sign): add(sign, isPrefix: false)
        case .text(let words): text += words
        case .space(let width): text += width >= 0.25 ? " " : ""
        case .fraction(let above, let below, let hasLine):
            text +=
                hasLine
                ? "\(Self.grouped(above))/\(Self.grouped(below))"
                : "\(Self.words(above)) choose \(Self.words(below))"
        case .root(let radicand, let index):
            text += (index.map { Self.raised(Self.words($0)) ?? Self.words($0) } ?? "") + "√"
            text += Self.grouped(radicand)
        case .scripts(let base, let below, let above, let isStacked):
            scripts(base, below, above, isStacked)
        case .fenced(let opening, let body, let closing):
            text += (opening?.text ?? "") + Self.words(body) + (closing?.text ?? "")
        case .table(let rows, _):
            text += rows.map { $0.map(Self.words).joined(separator: " ") }.joined(separator: "; ")
        case .styled(let node, _): add(node)
        }
    }

    private mutating func row(_ nodes: [MathNode]) {
        var previous: MathSign.Role?
        var wasWide = false
        for node in nodes {
            var writer = MathWords()
            if case .sign(let sign) = node {
                writer.add(sign, isPrefix: previous.map { ![.ordinary, .closing].contains($0) } ?? true)
            } else {
                writer.add(node)
            }
            let role = node.isFunction ? MathSign.Role.function : node.role
            let isWide = writer.text.contains { "_^/".contains($0) }
            if Self.isApart(previous, role, isWide: wasWide || isWide) { text += " " }
            text += writer.text
            (previous, wasWide) = (role ?? previous, isWide)
        }
    }

    /// Whether a blank stands between two nodes that have no sign between them.
    private static func isApart(_ first: MathSign.Role?, _ second: MathSign.Role?, isWide: Bool) -> Bool {
        switch (first, second) {
        case (.ordinary, .function), (.closing, .function), (.function, .ordinary), (.function, .function):
            true
        case (.ordinary, .large), (.closing, .large), (.large, .ordinary), (.large, .opening): true
        case (.large, .function), (.function, .large), (.large, .large): true
        case (.ordinary, .ordinary), (.closing, .ordinary): isWide
        default: false
        }
    }

    private mutating func add(_ sign: MathSign, isPrefix: Bool) {
        switch sign.role {
        case .relation: text += " \(sign.text) "
        case .binary: text += isPrefix ? sign.text : " \(sign.text) "
        case .punctuation: text += sign.text + " "
        case .large, .opening, .closing, .ordinary, .function, .accent: text += sign.text
        }
    }

    private mutating func scripts(_ base: MathNode, _ below: MathNode?, _ above: MathNode?, _ isStacked: Bool)
    {
        let marks = [below, above].compactMap(\.self).filter(\.isAccent)
        guard marks.isEmpty else {
            // A mark over one letter is a part of it; one over several has no place in a line.
            let words = Self.words(base)
            guard words.count == 1, let above, let mark = Self.mark(of: above) else { return text += words }
            return text += (words + mark).precomposedStringWithCanonicalMapping
        }
        add(base)
        if let below {
            let words = Self.words(below)
            text += Self.lowered(words) ?? "_" + Self.grouped(below)
        }
        if let above {
            let words = Self.words(above)
            text += Self.raised(words) ?? "^" + Self.grouped(above)
        }
    }

    /// The words of a node, in parentheses unless it is one letter, number or group.
    private static func grouped(_ node: MathNode) -> String {
        let words = words(node)
        let isOne = words.allSatisfy { $0.isLetter || $0.isNumber || "′.∞∗".contains($0) }
        return isOne || isFenced(node) ? words : "(\(words))"
    }

    private static func isFenced(_ node: MathNode) -> Bool {
        switch node {
        case .fenced(let opening?, _, _?): !opening.isNone
        case .row(let nodes) where nodes.count == 1: isFenced(nodes[0])
        default: false
        }
    }

    /// Digits and signs as superscript characters; `nil` if one has no such form in every font.
    private static func raised(_ words: String) -> String? {
        if !words.isEmpty, words.allSatisfy({ $0 == "′" }) { return words }
        return moved(words, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
    }

    /// Digits and signs as subscript characters; `nil` if one has no such form.
    private static func lowered(_ words: String) -> String? { moved(words, "₀₁₂₃₄₅₆₇₈₉₊₋") }

    private static func moved(_ words: String, _ forms: String) -> String? {
        let forms = Dictionary(uniqueKeysWithValues: zip("0123456789+−", forms))
        let moved = words.compactMap { forms[$0] }
        return words.isEmpty || moved.count < words.count ? nil : String(moved)
    }

    /// The combining character of an accent.
    private static func mark(of node: MathNode) -> String? {
        guard case .sign(let sign) = node else { return nil }
        let marks = [
            "^": "\u{302}", "¯": "\u{304}", "→": "\u{20D7}", "˙": "\u{307}", "¨": "\u{308}", "~": "\u{303}",
            "ˇ": "\u{30C}", "˘": "\u{306}", "´": "\u{301}", "`": "\u{300}", "˚": "\u{30A}",
        ]
        return marks[sign.text]
    }
}
