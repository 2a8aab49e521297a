internal import Lessons

/// A check of a theme's templates, which follows them as pages render them: for fields that Mustache would leave out
/// without a word, and for partials without an end.
struct TemplateCheck {
    /// The mistakes, in the order of the files.
    private var diagnostics: [Diagnostic] = []

    private let files: [String: SourceText]
    private var trees: [String: [TemplateTag]] = [:]
    /// The mistakes in tags on some page.
    private var complaints: [Position: (message: String, hint: String)] = [:]
    /// The tags that are right on some page.
    private var settled: Set<Position> = []

    /// The position of a tag.
    private struct Position: Hashable, Comparable {
        var template: String
        var offset: Int

        static func < (a: Position, b: Position) -> Bool {
            (a.template, a.offset) < (b.template, b.offset)
        }
    }

    /// The state of the walk.
    private struct Path {
        /// The templates, each included by the one before.
        var chain: [String]
        /// The types of the values in scope, innermost last.
        var stack: [TemplateField]
        /// The contents that outer templates give to the blocks of this one, each with its template.
        var blocks: [String: (template: String, tags: [TemplateTag])] = [:]
        /// The blocks that the walk is inside of.
        var open: Set<String> = []

        var template: String { chain.last ?? "" }
    }

    /// Returns the mistakes in templates, in the order of the files.
    ///
    /// - Parameter files: The templates, by their names.
    static func diagnostics(of files: [String: SourceText]) -> [Diagnostic] {
        var check = TemplateCheck(files: files)
        // A tag that cannot be read, or a partial without an end, would cause further mistakes.
        check.parse()
        if check.diagnostics.isEmpty { check.checkFields() }
        if check.diagnostics.isEmpty { check.checkContents() }
        return check.diagnostics
    }

    private init(files: [String: SourceText]) {
        self.files = files
    }

    private mutating func parse() {
        for (name, file) in files.sorted(by: { $0.key < $1.key }) {
            let (tags, problems) = TemplateReader.parse(file.text)
            trees[name] = tags
            for problem in problems {
                report(Position(template: name, offset: problem.offset), problem.message, problem.hint)
            }
        }
    }

    private mutating func checkFields() {
        for (page, fields) in TemplateFields.ofPages.sorted(by: { $0.key < $1.key }) {
            follow(trees[page] ?? [], Path(chain: [page], stack: [.fields(fields)]))
        }
        for (position, complaint) in complaints.sorted(by: { $0.key < $1.key })
        where !settled.contains(position) {
            report(position, complaint.message, complaint.hint)
        }
    }

    private mutating func checkContents() {
        for (page, contents) in TemplateFields.ofContents.sorted(by: { $0.key < $1.key }) {
            for name in contents where !shows(name, trees[page] ?? [], Path(chain: [page], stack: [])) {
                reportLoss(of: name, on: page)
            }
        }
    }

    private mutating func report(_ position: Position, _ message: String, _ hint: String) {
        guard let file = files[position.template] else { return }
        let (line, column) = SourceText.position(of: position.offset, in: file.text.utf8)
        diagnostics.append(file.diagnostic(.settings, line: line, column: column, message, hint: hint))
    }

    /// Reports a mistake in a tag, unless the tag is right on another page.
    private mutating func complain(_ tag: TemplateTag, _ path: Path, _ message: String, _ hint: String) {
        complaints[Position(template: path.template, offset: tag.offset)] = (message, hint)
    }
}

// MARK: - Fields and parts

extension TemplateCheck {
    private mutating func follow(_ tags: [TemplateTag], _ path: Path) {
        for tag in tags {
            switch tag.kind {
            case .escaped, .raw: if let field = field(of: tag, path) { inspect(tag, field, path) }
            case .section:
                guard let field = field(of: tag, path) else { continue }
                settle(tag, path)
                var inner = path
                switch field {
                case .fields(let fields), .list(let fields): inner.stack.append(.fields(fields))
                case .text: inner.stack.append(.text)
                case .html, .pieces: inner.stack.append(.html)
                case .condition: break
                }
                follow(tag.inner, inner)
            case .inverted:
                guard field(of: tag, path) != nil else { continue }
                settle(tag, path)
                follow(tag.inner, path)
            case .block:
                if let inner = block(tag, path) { follow(path.blocks[tag.name]?.tags ?? tag.inner, inner) }
            case .part: if let inner = part(tag, path) { follow(trees[tag.name] ?? [], inner) }
            }
        }
    }

    /// Returns the walk's state in a partial; `nil`, with a complaint, where there is none.
    private mutating func part(_ tag: TemplateTag, _ path: Path) -> Path? {
        guard trees[tag.name] != nil else {
            let parts = trees.keys.sorted().filter { TemplateFields.ofPages[$0] == nil }
            let nearest = Spelling.nearest(to: tag.name, among: parts)
            let hint = nearest.map { "did you mean '\($0)'?" } ?? "write it into theme/\(tag.name).mustache"
            complain(tag, path, "the theme has no part '\(tag.name)'", hint)
            return nil
        }
        guard !path.chain.contains(tag.name) else {
            let chain = (path.chain.drop { $0 != tag.name } + [tag.name]).joined(separator: " → ")
            complain(
                tag,
                path,
                "the template includes itself: \(chain)",
                "take {{>\(tag.name)}} out of one of them"
            )
            return nil
        }
        return entering(tag, path)
    }

    /// Returns the walk's state in a block, which may be in an outer template; `nil`, with a complaint, where it has no end.
    private mutating func block(_ tag: TemplateTag, _ path: Path) -> Path? {
        guard let given = path.blocks[tag.name] else { return path }
        guard !path.open.contains(tag.name) else {
            let message = "the block '\(tag.name)' includes itself"
            complain(tag, path, message, "take {{$\(tag.name)}} out of what is given for it")
            return nil
        }
        var inner = path
        inner.open.insert(tag.name)
        inner.chain[inner.chain.count - 1] = given.template
        return inner
    }

    private func entering(_ tag: TemplateTag, _ path: Path) -> Path {
        var inner = path
        inner.chain.append(tag.name)
        for block in tag.inner where block.kind == .block && inner.blocks[block.name] == nil {
            inner.blocks[block.name] = (path.template, block.inner)
        }
        return inner
    }

    /// Returns the type of a field; `nil`, with a complaint, for one that is not there.
    private mutating func field(of tag: TemplateTag, _ path: Path) -> TemplateField? {
        var stack = path.stack
        // A partial is for all pages, and shows the fields that they have.
        if TemplateFields.ofPages[path.template] == nil { stack[0] = .fields(TemplateFields.ofAll) }
        switch TemplateScope(stack).field(named: tag.name, transforms: tag.transforms) {
        case .success(let field): return field
        case .failure(let complaint):
            complain(tag, path, complaint.message, complaint.hint)
            return nil
        }
    }

    /// Complains of a field that is shown as another type than its own.
    private mutating func inspect(_ tag: TemplateTag, _ field: TemplateField, _ path: Path) {
        let name = tag.name
        switch field {
        case .text: settle(tag, path)
        // A template may say that it is no HTML.
        case .html where tag.kind == .raw || files[path.template]?.text.contains("CONTENT_TYPE") == true:
            settle(tag, path)
        case .html:
            complain(tag, path, "\(name) is HTML, whose marks two braces would show", "write {{{\(name)}}}")
        case .condition:
            complain(tag, path, "\(name) says only whether", "write {{#\(name)}}…{{/\(name)}}")
        case .pieces:
            complain(tag, path, "\(name) is a list", "write {{#\(name)}}{{{.}}}{{/\(name)}}")
        case .fields(let fields), .list(let fields):
            let inner = fields.keys.contains("title") ? "title" : fields.keys.sorted().first ?? "."
            let message = "\(name) has fields of its own, and is no text"
            let remedy = name == "." ? "{{\(inner)}}" : "{{#\(name)}}{{\(inner)}}{{/\(name)}}"
            complain(tag, path, message, "write \(remedy), say")
        }
    }

    /// Notes that a tag is right on some page.
    private mutating func settle(_ tag: TemplateTag, _ path: Path) {
        settled.insert(Position(template: path.template, offset: tag.offset))
    }
}

// MARK: - Fields that a template must show

extension TemplateCheck {
    /// Whether tags show a field whatever the values are.
    private func shows(_ name: String, _ tags: [TemplateTag], _ path: Path) -> Bool {
        tags.contains { tag in
            switch tag.kind {
            case .escaped, .raw: return tag.name == name
            case .section, .inverted:
                if tag.kind == .section, tag.name == name { return true }
                let other: TemplateTag.Kind = tag.kind == .section ? .inverted : .section
                return shows(name, tag.inner, path)
                    && tags.contains {
                        $0.kind == other && $0.name == tag.name && shows(name, $0.inner, path)
                    }
            case .block: return shows(name, path.blocks[tag.name]?.tags ?? tag.inner, path)
            case .part: return shows(name, trees[tag.name] ?? [], entering(tag, path))
            }
        }
    }

    private mutating func reportLoss(of name: String, on page: String) {
        let isList = if case .list = TemplateFields.ofPages[page]?[name] { true } else { false }
        let tag = isList ? "{{#\(name)}}…{{/\(name)}}" : "{{{\(name)}}}"
        report(
            Position(template: page, offset: 0),
            "the template '\(page)' does not always show \(tag), without which its pages are empty",
            name == "body" && page == "index"
                ? "write \(tag), which is the text of index.md, outside of all sections"
                : "write \(tag) outside of all sections"
        )
    }
}
