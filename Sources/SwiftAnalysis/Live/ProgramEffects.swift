internal import Lessons

/// The changes that each part of a program may make, of which some are not made: what a change reaches is found by the
/// names in the code, and what an object holds by where it came from.
struct ProgramEffects {
    /// Something that can be changed, as the code of a part sees it.
    enum Root: Hashable {
        /// A variable outside of all braces.
        case global(String)
        /// A parameter of the function.
        case parameter(String)
        /// The value that the function is a member of.
        case itself
        /// Anything that the part names.
        case anything
    }

    /// A change.
    private struct Effect: Hashable {
        var root: Root
        /// Whether only gradients are changed.
        var isGradient = false
    }

    private let outline: ProgramOutline
    private let values: ValueTypes
    private let sites: [[ChangeSite]]
    /// The changes of each part.
    private var effects: [Set<Effect>]
    /// The globals whose objects the value of a part may hold.
    private var results: [Set<Root>]
    /// The roots of each part's variables.
    private var origins: [[Set<Root>]]
    private let byPart: [[Int]]

    /// Finds the effects.
    init(of outline: ProgramOutline, _ typed: TypedPieces) {
        self.outline = outline
        values = ValueTypes(properties: outline.properties)
        effects = Array(repeating: [], count: outline.parts.count)
        results = effects.map { _ in [] }
        origins = outline.parts.map { $0.locals.map { $0.value == nil ? [.anything] : [] } }
        var byPart: [[Int]] = Array(repeating: [], count: outline.parts.count)
        for (index, token) in outline.tokens.enumerated() { byPart[token.part].append(index) }
        self.byPart = byPart
        sites = ChangeSite.find(in: outline, typed)
        settle()
    }

    // MARK: - Asking

    /// Returns the variables that the code of a piece may change, with those whose objects they may hold.
    func changes(by piece: Int) -> Set<String> {
        var changed: Set<String> = []
        for effect in effects[piece] {
            let names: Set<String>
            switch effect.root {
            case .global(let name): names = holding([name])
            case .anything: names = holding(mentioned(by: piece))
            case .parameter, .itself: continue
            }
            changed.formUnion(effect.isGradient ? names.filter(holdsGradients) : names)
        }
        return changed
    }

    /// Returns the variables, and all whose objects they may hold.
    ///
    /// - Parameter except: Variables that hold nothing but their own.
    func holding(_ names: Set<String>, except own: Set<String> = []) -> Set<String> {
        var (all, rest) = (names, Array(names))
        while let name = rest.popLast() {
            if own.contains(name) { continue }
            for next in sources(of: name) where all.insert(next).inserted { rest.append(next) }
        }
        return all
    }

    /// The variables that are assigned within a range, or handed over to be changed, with the places.
    func assignments(in range: Range<Int>) -> [(name: String, offset: Int)] {
        sites.joined().filter { range.contains($0.whole.lowerBound) && !$0.isGradient }.flatMap { site in
            site.changed.compactMap { changed in
                guard let index = outline.tokens(in: changed).first else { return nil }
                let token = outline.tokens[index]
                guard case .global = outline.meaning(of: token), let variable = outline.variables[token.text],
                    variable.isVariable
                else { return nil }
                return (token.text, token.range.lowerBound)
            }
        }
    }

    /// The variables from whose objects a variable's first value is made.
    private func sources(of name: String) -> Set<String> {
        guard let declaration = outline.variables[name] else { return [] }
        return Set(
            roots(in: declaration.range).compactMap { root in
                if case .global(let other) = root, other != name { other } else { nil }
            }
        )
    }

    /// Whether a variable has a gradient, or holds something that has one.
    private func holdsGradients(_ name: String) -> Bool {
        var seen: Set<String> = [name]
        return holdsGradients(name, &seen)
    }

    private func holdsGradients(_ name: String, _ seen: inout Set<String>) -> Bool {
        guard let declaration = outline.variables[name] else { return true }
        let tokens = outline.tokens(in: declaration.range).map { outline.tokens[$0] }
        let type = tokens.first { $0.text == name }.flatMap { outline.types[$0.range] }
        guard type == nil || type == "Tensor" else { return true }
        return tokens.contains { mayBringGradient($0, &seen) }
    }

    /// Whether the value of code may have a gradient because of a name in it.
    private func mayBringGradient(_ token: ProgramOutline.Token, _ seen: inout Set<String>) -> Bool {
        if ["requiringGradient", "requiresGradient", "Parameter"].contains(token.text) { return true }
        let isOwnMember = token.isMember && outline.memberNames.contains(token.text)
        if case .global = outline.meaning(of: token) {} else if !isOwnMember { return false }
        guard seen.insert(token.text).inserted else { return false }
        if outline.variables[token.text] != nil {
            return !isValue(token) && holdsGradients(token.text, &seen)
        }
        return (outline.partsByName[token.text] ?? []).contains { part in
            byPart[part].contains { mayBringGradient(outline.tokens[$0], &seen) }
        }
    }

    private func mentioned(by part: Int) -> Set<String> {
        Set(
            byPart[part].compactMap { index in
                let token = outline.tokens[index]
                guard case .global = outline.meaning(of: token), outline.variables[token.text] != nil,
                    !isValue(token)
                else { return nil }
                return token.text
            }
        )
    }

    // MARK: - Roots

    private func isValue(_ token: ProgramOutline.Token) -> Bool {
        outline.types[token.range].map(values.contains) ?? false
    }

    /// The roots of what code in a range names.
    private func roots(in range: Range<Int>, without excluded: [Range<Int>] = []) -> Set<Root> {
        var found: Set<Root> = []
        for index in outline.tokens(in: range) {
            let token = outline.tokens[index]
            if excluded.contains(where: { $0.contains(token.range.lowerBound) }) { continue }
            found.formUnion(roots(of: token))
        }
        return found
    }

    private func roots(of token: ProgramOutline.Token) -> Set<Root> {
        switch outline.meaning(of: token) {
        case .global:
            if outline.variables[token.text] != nil { return isValue(token) ? [] : [.global(token.text)] }
            // A function that is not called has no value that would hold anything.
            let isCalled = outline.calls[token.range.upperBound] != nil || !isFunction(token.text)
            return isCalled ? Set((outline.partsByName[token.text] ?? []).flatMap { results[$0] }) : []
        case .parameter: return isValue(token) ? [] : [.parameter(token.text)]
        case .local(let part, let index):
            if isValue(token) { return [] }
            return index < 0 ? [.anything] : origins[part][index]
        case .member: return isValue(token) ? [] : [.itself]
        case .other:
            guard token.isMember, outline.memberNames.contains(token.text) else { return [] }
            return Set((outline.partsByName[token.text] ?? []).flatMap { results[$0] })
        }
    }

    private func isFunction(_ name: String) -> Bool {
        outline.partsByName[name]?.allSatisfy { outline.parts[$0].kind == .function } ?? false
    }

    // MARK: - Finding effects

    /// Lets effects pass from what is called to what calls it, until there is nothing new.
    private mutating func settle() {
        var isSettled = false
        var rounds = 0
        while !isSettled, rounds < 20 {
            isSettled = true
            rounds += 1
            for part in outline.parts.indices {
                for (index, local) in outline.parts[part].locals.enumerated() {
                    if let value = local.value, merge(roots(in: value), into: &origins[part][index]) {
                        isSettled = false
                    }
                }
                for site in sites[part] where !take(site, in: part) { isSettled = false }
                if merge(called(by: part), into: &effects[part]) { isSettled = false }
                let own = mentioned(by: part).map(Root.global)
                let passed = byPart[part].flatMap { roots(of: outline.tokens[$0]) }.filter {
                    if case .global = $0 { true } else { false }
                }
                if merge(Set(own + passed), into: &results[part]) { isSettled = false }
            }
        }
    }

    private func merge<Element>(_ new: Set<Element>, into old: inout Set<Element>) -> Bool {
        let count = old.count
        old.formUnion(new)
        return old.count > count
    }

    /// Takes the effect of a site, and returns whether it was known.
    private mutating func take(_ site: ChangeSite, in part: Int) -> Bool {
        var isKnown = true
        var new: Set<Effect> = []
        for range in site.changed {
            let tokens = outline.tokens(in: range).map { outline.tokens[$0] }
            // Of a whole variable another value is made; else the first name leads to what is changed.
            for token in site.isAssignment ? tokens : Array(tokens.prefix(1)) {
                switch outline.meaning(of: token) {
                case .local(let owner, let index) where index >= 0:
                    // What a variable of its own is given, it may hold from then on.
                    if merge(roots(in: site.whole), into: &origins[owner][index]) { isKnown = false }
                case .global where outline.variables[token.text] != nil:
                    new.insert(Effect(root: .global(token.text), isGradient: site.isGradient))
                case .member: new.insert(Effect(root: .itself, isGradient: site.isGradient))
                case .parameter where site.isAssignment: new.insert(Effect(root: .parameter(token.text)))
                default: break
                }
            }
            if site.isAssignment { continue }
            new.formUnion(roots(in: range).map { Effect(root: $0, isGradient: site.isGradient) })
        }
        return !merge(new, into: &effects[part]) && isKnown
    }

    /// The effects of the lesson's own functions that a part calls.
    private func called(by part: Int) -> Set<Effect> {
        var found: Set<Effect> = []
        for index in byPart[part] {
            let token = outline.tokens[index]
            for callee in callees(of: token) where callee != part {
                for effect in effects[callee] {
                    for root in roots(of: effect.root, in: callee, calledBy: token) {
                        found.insert(Effect(root: root, isGradient: effect.isGradient))
                    }
                }
            }
            if let call = outline.calls[token.range.upperBound], isUnknownFunction(token) {
                for argument in call.arguments {
                    for root in roots(in: argument.range) { found.insert(Effect(root: root)) }
                }
            }
            if isRestless(token) { for root in roots(of: token) { found.insert(Effect(root: root)) } }
        }
        return found
    }

    /// Whether a name stands for a function that was handed over, and may do anything.
    private func isUnknownFunction(_ token: ProgramOutline.Token) -> Bool {
        switch outline.meaning(of: token) {
        case .parameter: outline.types[token.range]?.contains("->") ?? false
        default: false
        }
    }

    /// Whether what a name stands for may change whenever it is used: a generator of random numbers does.
    private func isRestless(_ token: ProgramOutline.Token) -> Bool {
        outline.types[token.range].map { $0.contains("Generator") || $0.contains("Iterator") } ?? false
    }

    private func callees(of token: ProgramOutline.Token) -> [Int] {
        switch outline.meaning(of: token) {
        case .global where outline.variables[token.text] == nil, .member:
            return named(token.text)
        case .other:
            return token.isMember && outline.memberNames.contains(token.text) ? named(token.text) : []
        case .global, .local, .parameter:
            let next = token.range.upperBound < outline.text.count ? outline.text[token.range.upperBound] : 0
            if next == UInt8(ascii: "[") { return named("subscript") }
            return outline.calls[token.range.upperBound] == nil ? [] : named("callAsFunction")
        }
    }

    private func named(_ name: String) -> [Int] { outline.partsByName[name] ?? [] }

    /// What a root of a called function is where it is called.
    private func roots(of root: Root, in callee: Int, calledBy token: ProgramOutline.Token) -> Set<Root> {
        let call = outline.calls[token.range.upperBound]
        switch root {
        case .global: return [root]
        case .itself:
            if outline.parts[callee].name == outline.parts[outline.parts[callee].outer ?? callee].name {
                // An initializer changes what it makes.
                return []
            }
            return token.isMember ? roots(in: receiver(of: token)) : roots(of: token).union([.itself])
        case .parameter(let name):
            guard let call else { return given(to: token) }
            guard let argument = argument(for: name, of: callee, in: call) else {
                return roots(in: call.range)
            }
            return roots(in: argument)
        case .anything:
            return roots(in: call?.range ?? statement(around: token))
        }
    }

    /// What a function may be given that is itself given to another one: what that is called on, and its other arguments.
    /// The lesson's own functions say themselves what they do.
    private func given(to token: ProgramOutline.Token) -> Set<Root> {
        let place = token.range.lowerBound
        let around = outline.calls.filter { call in call.value.arguments.contains { $0.range.contains(place) }
        }
        guard let (end, call) = around.min(by: { $0.value.range.count < $1.value.range.count }),
            let name = outline.tokens(in: call.range).map({ outline.tokens[$0] }).first(where: {
                $0.range.upperBound == end
            })
        else { return roots(in: statement(around: token)) }
        if ChangeSite.isOwn(name, of: name.isMember ? receiver(of: name) : nil, outline) { return [] }
        return roots(in: call.range)
    }

    private func argument(for name: String, of callee: Int, in call: ProgramOutline.Call) -> Range<Int>? {
        let parameters = outline.parts[callee].parameters
        var position = 0
        for argument in call.arguments {
            let isTrailing = outline.text[argument.range.lowerBound] == UInt8(ascii: "{")
            while position < parameters.count, parameters[position].label != argument.label, !isTrailing {
                position += 1
            }
            guard position < parameters.count else { return nil }
            if parameters[position].name == name { return argument.range }
            position += 1
        }
        return nil
    }

    /// What stands before the dot of a member.
    private func receiver(of token: ProgramOutline.Token) -> Range<Int> {
        ChangeSite.chain(endingAt: token.range.lowerBound, in: outline.text)
    }

    /// The line around a token, with those that go on in brackets.
    private func statement(around token: ProgramOutline.Token) -> Range<Int> {
        let newline = UInt8(ascii: "\n")
        let start = outline.text[..<token.range.lowerBound].lastIndex(of: newline) ?? 0
        let end = outline.text[token.range.upperBound...].firstIndex(of: newline) ?? outline.text.endIndex
        return start..<end
    }
}
