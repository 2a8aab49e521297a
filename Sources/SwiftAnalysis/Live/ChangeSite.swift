internal import Lessons

/// A place in the code of a program that may change what it names.
struct ChangeSite {
    /// The code whose roots are changed.
    private(set) var changed: [Range<Int>]
    /// The whole of it, from which what is changed may come to hold something.
    private(set) var whole: Range<Int>
    /// Whether only gradients are changed.
    private(set) var isGradient = false
    /// Whether a variable gets another value, and no object changes.
    private(set) var isAssignment = false

    /// Library functions without an effect on what they are given, although they give nothing back.
    private static let harmless: Set<String> = [
        "print", "show", "require", "precondition", "preconditionFailure", "assert", "assertionFailure",
        "fatalError",
        "dump", "manualSeed", "live", "animate", "debugPrint",
    ]
    /// Library functions that change what they are given although they give something back.
    private static let harmful: Set<String> = ["clipGradients", "next", "withUnsafeMutableBufferPointer"]
}

extension ChangeSite {
    /// Returns the chain of members, calls and subscripts that ends with the dot before a place.
    static func chain(endingAt end: Int, in text: [UInt8]) -> Range<Int> {
        var position = end
        var depth = 0
        while position > 0 {
            let byte = text[position - 1]
            let isOpen = [UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{")].contains(byte)
            let isClose = [UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}")].contains(byte)
            if isClose { depth += 1 }
            if isOpen {
                if depth == 0 { break }
                depth -= 1
            }
            let isNamePart =
                byte >= 0x80 || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "$")
                || byte == UInt8(ascii: "`")
                || Character(Unicode.Scalar(byte)).isLetter || Character(Unicode.Scalar(byte)).isNumber
            let isLink = [UInt8(ascii: "."), UInt8(ascii: "?"), UInt8(ascii: "!")].contains(byte)
            let goesOn = depth > 0 || isClose || isOpen || isNamePart || isLink
            if !goesOn {
                // A chain may go on from the line above, where its dot begins a line.
                let before = text[..<position].lastIndex { !($0 == 0x20 || (0x09...0x0D).contains($0)) }
                guard position < end, text[position] == UInt8(ascii: "."), let before else { break }
                position = before + 1
                continue
            }
            position -= 1
        }
        return position..<end
    }

    /// Returns the sites in each part of a program.
    static func find(in outline: ProgramOutline, _ typed: TypedPieces) -> [[ChangeSite]] {
        var sites: [[ChangeSite]] = Array(repeating: [], count: outline.parts.count)
        func add(_ site: ChangeSite) {
            // It belongs to the part of its first name.
            guard let index = outline.tokens(in: site.whole).first else { return }
            sites[outline.tokens[index].part].append(site)
        }
        for (start, expressions) in zip(typed.starts, typed.expressions) {
            for expression in expressions {
                let range = expression.range.moved(by: start)
                if ["()", "()?"].contains(expression.type), let site = site(of: range, outline) { add(site) }
                if expression.type.contains("(inout "), let site = mutation(by: range, outline) { add(site) }
            }
        }
        for index in outline.tokens.indices {
            let token = outline.tokens[index]
            let (start, text) = (token.range.lowerBound, outline.text)
            if start > 1, text[start - 1] == UInt8(ascii: "&"), "(,:[ \n\t".utf8.contains(text[start - 2]) {
                add(ChangeSite(changed: [token.range], whole: token.range))
            }
            if harmful.contains(token.text), let call = outline.calls[token.range.upperBound] {
                let receiver = token.isMember ? [chain(endingAt: start, in: text)] : []
                if isOwn(token, of: receiver.first, outline) { continue }
                add(ChangeSite(changed: receiver + call.arguments.map(\.range), whole: call.range))
            }
        }
        return sites
    }

    /// The site of an expression without a value: an assignment, or a call of a library that must be there for its effect.
    private static func site(of range: Range<Int>, _ outline: ProgramOutline) -> ChangeSite? {
        let text = outline.text
        guard !range.isEmpty, let first = outline.tokens(in: range).first else { return nil }
        // Parts of an interpolation have no value, either.
        if range.lowerBound > 0, text[range.lowerBound] == UInt8(ascii: "("),
            outline.tokens[first].range.lowerBound > range.lowerBound, assignment(in: range, text) == nil
        {
            return nil
        }
        if let sign = assignment(in: range, text) {
            let left = range.lowerBound..<sign
            let isWhole = !text[left].contains(UInt8(ascii: ".")) && !text[left].contains(UInt8(ascii: "["))
            return ChangeSite(changed: [left], whole: range, isAssignment: isWhole)
        }
        let calls = outline.calls.filter { $1.range == range }
        guard let (nameEnd, call) = calls.first else { return nil }
        guard
            let name = outline.tokens(in: range).map({ outline.tokens[$0] }).first(where: {
                $0.range.upperBound == nameEnd
            })
        else { return ChangeSite(changed: [range], whole: range) }
        let receiver = name.isMember ? [chain(endingAt: name.range.lowerBound, in: text)] : []
        // What the lesson's own functions do is seen in them.
        if isOwn(name, of: receiver.first, outline) || harmless.contains(name.text) { return nil }
        let arguments = call.arguments.map(\.range).filter { text[$0.lowerBound] != UInt8(ascii: "{") }
        // A method keeps what it is given, and changes what it is a method of.
        return ChangeSite(
            changed: receiver.isEmpty ? arguments : receiver,
            whole: range,
            isGradient: name.text == "backward",
            isAssignment: outline.types[name.range]?.contains("(inout ") == true
                && receiver.allSatisfy { outline.tokens(in: $0).count == 1 }
        )
    }

    /// Whether a function that is called is the lesson's own.
    static func isOwn(
        _ name: ProgramOutline.Token,
        of receiver: Range<Int>?,
        _ outline: ProgramOutline
    ) -> Bool {
        guard name.isMember, let receiver else { return outline.partsByName[name.text] != nil }
        guard outline.memberNames.contains(name.text) else { return false }
        let dot = receiver.upperBound - 1
        let type = outline.types[receiver.lowerBound..<max(receiver.lowerBound, dot)]
        return type.map { outline.globals[$0] != nil } ?? false
    }

    /// The site of a function that changes what it is called on, such as `append`.
    private static func mutation(by range: Range<Int>, _ outline: ProgramOutline) -> ChangeSite? {
        guard let index = outline.tokens(in: range).first, outline.tokens[index].range == range,
            outline.tokens[index].isMember
        else { return nil }
        let receiver = chain(endingAt: range.lowerBound, in: outline.text)
        let end = outline.calls[range.upperBound]?.range.upperBound ?? range.upperBound
        // A collection in a variable becomes another one; what it holds stays as it is.
        let isWhole = outline.tokens(in: receiver).count == 1
        return ChangeSite(changed: [receiver], whole: receiver.lowerBound..<end, isAssignment: isWhole)
    }

    /// The place of the sign of an assignment that stands in no brackets.
    private static func assignment(in range: Range<Int>, _ text: [UInt8]) -> Int? {
        let signs = Set("=+-*/%&|^<>!~?".utf8)
        var depth = 0
        var position = range.lowerBound
        while position < range.upperBound {
            let byte = text[position]
            if "([{".utf8.contains(byte) { depth += 1 }
            if ")]}".utf8.contains(byte) { depth -= 1 }
            guard depth == 0, signs.contains(byte) else {
                position += 1
                continue
            }
            let end = text[position..<range.upperBound].firstIndex { !signs.contains($0) } ?? range.upperBound
            let sign = String(decoding: text[position..<end], as: UTF8.self)
            let isComparison = ["==", "!=", "<=", ">=", "===", "!==", "~="].contains(sign)
            if sign.hasSuffix("="), !isComparison { return position }
            position = end
        }
        return nil
    }
}
