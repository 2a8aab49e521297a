internal import Lessons
internal import Serialization

/// A call of `live`, `animate` or `runs`, whose last argument is what they run. Offsets count from the start of its piece.
package struct LiveExpression: Sendable, Hashable {
    /// The function.
    package enum Function: String, Sendable {
        /// Runs its closure for the values of controls.
        case live
        /// Runs its closure for one step after the other.
        case animate
        /// Runs its closure for all points of a grid at the same time, and shows nothing of it.
        case runs
    }

    /// The function that is called.
    package var function: Function
    /// The index of the piece.
    package var piece: Int
    /// The call.
    package var range: Range<Int>
    /// What stands between the braces of the closure, behind its parameters; `nil` for a call without a closure.
    package var body: Range<Int>?
    /// The outermost declarations and statements of the closure.
    var constructs: [Range<Int>] = []
    /// Whether all states are computed when the lesson is built.
    package var isBuilt = false
    /// The reason why the call does not stand where it may; `nil` if it does.
    package var misplacement: Misplacement?
    /// Whether it stands in the closure of `live`.
    package var isWithinLive = false

    /// A place where the call may not stand.
    package enum Misplacement: Sendable, Hashable {
        /// Something follows it in its cell.
        case notLast
        /// It stands in a function, a loop, another call.
        case nested
    }
}

extension LiveExpression {
    /// Finds the calls of functions in a program of pieces, each in its order before those in its closure.
    static func all(
        of functions: [Function],
        in structure: [JSON],
        _ pieces: [ParsedCode],
        at starts: [Int]
    ) -> [LiveExpression] {
        let mentioning = pieces.indices.filter { index in
            functions.contains { pieces[index].text.contains($0.rawValue) }
        }
        // Most lessons have none, and are looked through no further.
        guard !mentioning.isEmpty else { return [] }
        let search = Search(functions: functions, pieces: pieces, starts: starts)
        return mentioning.flatMap { piece in
            let bytes = pieces[piece].withoutComments
            let range = starts[piece]..<starts[piece] + bytes.count
            let parts = structure.filter { part in
                part.range("").map { range.contains($0.lowerBound) } == true
            }
            return search.calls(in: parts, of: piece, bytes, place: .cell)
        }
    }

    /// A search for calls.
    private struct Search {
        let functions: [Function]
        let pieces: [ParsedCode]
        let starts: [Int]

        /// The place of a part of a program.
        enum Place {
            /// Among a cell's outermost statements.
            case cell
            /// Among the statements of the closure of `live`, however deep.
            case live
            /// Anywhere else.
            case elsewhere
        }

        func calls(in parts: [JSON], of piece: Int, _ bytes: [UInt8], place: Place) -> [LiveExpression] {
            parts.flatMap { part -> [LiveExpression] in
                let inner = part["key.substructure"]?.array ?? []
                guard let call = call(part, of: piece, bytes, place: place) else {
                    let isDeclared = part["key.kind"]?.string?.hasPrefix("source.lang.swift.decl.") == true
                    let isStatement = part["key.kind"]?.string?.hasPrefix("source.lang.swift.stmt.") == true
                    let isStill = place == .live && (isStatement || !isDeclared)
                    return calls(in: inner, of: piece, bytes, place: isStill ? .live : .elsewhere)
                }
                let isLive = call.misplacement == nil && (call.function == .live || place == .live)
                return [call] + calls(in: inner, of: piece, bytes, place: isLive ? .live : .elsewhere)
            }
        }

        private func call(_ part: JSON, of piece: Int, _ bytes: [UInt8], place: Place) -> LiveExpression? {
            guard part["key.kind"]?.string == "source.lang.swift.expr.call",
                let name = part["key.name"]?.string,
                let function = functions.first(where: {
                    [$0.rawValue, "Notebook.\($0.rawValue)"].contains(name)
                }),
                let range = part.range("")?.moved(by: -starts[piece])
            else { return nil }
            var call = LiveExpression(function: function, piece: piece, range: range)
            let arguments = (part["key.substructure"]?.array ?? []).filter {
                $0["key.kind"]?.string == "source.lang.swift.expr.argument"
            }
            call.isBuilt = arguments.contains { argument in
                guard argument["key.name"]?.string == "states", let value = argument.range("body") else {
                    return false
                }
                let text = String(decoding: bytes[value.moved(by: -starts[piece])], as: UTF8.self)
                return text.contains("built")
            }
            let closure = arguments.last?["key.substructure"]?.array?.first {
                $0["key.kind"]?.string == "source.lang.swift.expr.closure"
            }
            if let closure, let braces = closure.range("body")?.moved(by: -starts[piece]) {
                call.body = behindParameters(in: braces, of: piece, bytes)
                let brace = closure["key.substructure"]?.array?.first {
                    $0["key.kind"]?.string == "source.lang.swift.stmt.brace"
                }
                call.constructs = (brace?["key.substructure"]?.array ?? []).compactMap { part in
                    let kind = part["key.kind"]?.string ?? ""
                    let isConstruct = ["decl", "stmt"].contains { kind.hasPrefix("source.lang.swift.\($0).") }
                    return isConstruct ? part.range("")?.moved(by: -starts[piece]) : nil
                }
            }
            call.isWithinLive = place == .live
            if place != .live || function == .live {
                call.misplacement = misplacement(of: call, bytes, place)
            }
            return call
        }

        private func misplacement(of call: LiveExpression, _ bytes: [UInt8], _ place: Place) -> Misplacement?
        {
            guard place == .cell else { return .nested }
            let before = bytes[..<call.range.lowerBound].last { $0 == 0x0A || !LiveExpression.isBlank($0) }
            guard before == nil || before == 0x0A || before == UInt8(ascii: ";") else { return .nested }
            let after = bytes[call.range.upperBound...].contains {
                !LiveExpression.isBlank($0) && $0 != UInt8(ascii: ";")
            }
            return after ? .notLast : nil
        }

        /// The part of a closure behind its parameters, if it has some: the first `in` that stands in no brackets ends
        /// them, unless it is that of a loop.
        private func behindParameters(in braces: Range<Int>, of piece: Int, _ bytes: [UInt8]) -> Range<Int> {
            for token in pieces[piece].syntax.tokens where braces.contains(token.range.lowerBound) {
                guard token.kind == .keyword else { continue }
                let word = bytes[token.range]
                if word.elementsEqual("in".utf8) { return token.range.upperBound..<braces.upperBound }
                // Parameters have no other keywords than these.
                let known = ["inout", "async", "throws", "self", "weak", "unowned", "_", "some", "any"]
                guard known.contains(where: { word.elementsEqual($0.utf8) }) else { break }
            }
            return braces
        }
    }

    fileprivate static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}

extension JSON {
    /// The range of a part of a program, of its `name` or of its `body`.
    func range(_ what: String) -> Range<Int>? {
        guard let start = self["key.\(what)offset"]?.integer, let length = self["key.\(what)length"]?.integer,
            length >= 0
        else { return nil }
        return start..<start + length
    }
}

extension Range<Int> {
    /// The range with both ends moved.
    func moved(by distance: Int) -> Range<Int> { lowerBound + distance..<upperBound + distance }
}
