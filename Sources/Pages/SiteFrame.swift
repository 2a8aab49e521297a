internal import Lessons
public import Serialization

/// What the pages of a site take from each other and from the reference: with it, pages of lessons can be made again
/// without those of all others.
public struct SiteFrame: Sendable, Hashable {
    /// What one lesson gives to the site.
    struct Part: Sendable, Hashable {
        /// A digest of what it says of itself before its text, which other pages repeat.
        var frontMatter: Digest
        /// The files beside the lessons that its page uses.
        var assets: Set<String>
        /// The paths of the files that are its own.
        var files: Set<String>
        /// The terms that it defines.
        var terms: [Glossary.Term]
    }

    /// The pages of the reference, by symbol.
    var addresses: [String: String]
    /// What can be pointed at in each page, by its path.
    var targets: [String: Set<String>]
    /// What all that can be pointed at is called.
    var names: Names
    /// The lessons' parts, by their slugs.
    var parts: [String: Part]

    /// Gathers what the lessons of these pages give.
    init(
        _ pages: [LessonPage],
        of lessons: [Lesson],
        _ terms: [[Glossary.Term]],
        others: [String: Set<String>],
        in furniture: PageFurniture,
        assets: LessonAssets
    ) {
        addresses = furniture.symbolAddresses
        targets = others
        names = furniture.names
        parts = [:]
        let own = Array(lessons.indices).concurrentMap {
            Part(of: lessons[$0], pages[$0], terms[$0], assets: assets)
        }
        for (index, page) in pages.enumerated() {
            targets[page.page.path] = page.outline.targets
            parts[lessons[index].slug] = own[index]
        }
    }

    /// The frame with what some lessons give now in the place of what they gave.
    func merging(_ revised: SiteFrame) -> SiteFrame {
        var frame = revised
        frame.parts = parts.merging(revised.parts) { $1 }
        return frame
    }

    /// Whether the pages of other lessons stay as they are when these become of them.
    func holds(for pages: [LessonPage], of lessons: [Lesson], after frame: SiteFrame) -> Bool {
        names.pages[Glossary.path] == frame.names.pages[Glossary.path]
            && zip(lessons, pages).allSatisfy { lesson, page in
                guard let part = parts[lesson.slug], let old = frame.parts[lesson.slug] else { return false }
                let path = page.page.path
                let own = names.pages[path] ?? [:]
                return part.frontMatter == old.frontMatter && part.assets == old.assets
                    && part.terms == old.terms
                    // Nobody points at what is new.
                    && targets[path, default: []].isSuperset(of: frame.targets[path, default: []])
                    && frame.names.pages[path, default: [:]].allSatisfy { own[$0.key] == $0.value }
            }
    }
}

extension SiteFrame.Part {
    /// Gathers what a lesson gives.
    fileprivate init(
        of lesson: Lesson,
        _ page: LessonPage,
        _ terms: [Glossary.Term],
        assets: LessonAssets
    ) {
        frontMatter = Digest(of: "\(lesson.frontMatter)")
        self.assets = page.usedAssets(among: assets)
        files = Set(page.files.map(\.path))
        self.terms = terms
    }
}

extension SiteFrame: JSONConvertible {
    /// The frame as an object.
    public var json: JSON {
        func list(_ names: Set<String>) -> JSON { .array(names.sorted().map(JSON.string)) }
        func object<Value>(_ values: [String: Value], _ json: (Value) -> JSON) -> JSON {
            .object(values.sorted { $0.key < $1.key }.map { JSON.Member($0.key, json($0.value)) })
        }
        return [
            "names": object(names.pages) { object($0, \.json) },
            "addresses": object(addresses, JSON.string),
            "targets": object(targets, list),
            "parts": object(parts) { part in
                [
                    "frontMatter": .string(part.frontMatter.text), "assets": list(part.assets),
                    "files": list(part.files),
                    "terms": .array(
                        part.terms.map { term in
                            [
                                "id": .string(term.id), "title": term.title.json,
                                "meaning": term.meaning.json, "address": .string(term.address),
                            ]
                        }
                    ),
                ]
            },
        ]
    }

    /// Reads a frame back.
    public init?(json: JSON) {
        func list(_ json: JSON?) -> Set<String>? {
            json?.array.map { Set($0.compactMap(\.string)) }
        }
        func values<Value>(_ json: JSON?, _ value: (JSON) -> Value?) -> [String: Value]? {
            guard case .object(let members)? = json else { return nil }
            let pairs = members.compactMap { member in value(member.value).map { (member.name, $0) } }
            guard pairs.count == members.count else { return nil }
            return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
        }
        func term(_ json: JSON) -> Glossary.Term? {
            guard let id = json["id"]?.string, let title = json["title"].flatMap(Name.init(json:)),
                let meaning = json["meaning"].flatMap(Name.init(json:)), let address = json["address"]?.string
            else { return nil }
            return Glossary.Term(id: id, title: title, meaning: meaning, address: address)
        }
        let parts = values(json["parts"]) { json -> Part? in
            guard let frontMatter = json["frontMatter"]?.string, let assets = list(json["assets"]),
                let files = list(json["files"]), let terms = json["terms"]?.array.map({ $0.map(term) }),
                !terms.contains(nil)
            else { return nil }
            return Part(
                frontMatter: Digest(text: frontMatter),
                assets: assets,
                files: files,
                terms: terms.compactMap(\.self)
            )
        }
        let names = values(json["names"]) { values($0, Name.init(json:)) }
        guard let names, let addresses = values(json["addresses"], \.string),
            let targets = values(json["targets"], list), let parts
        else { return nil }
        self.names = Names(names)
        self.addresses = addresses
        self.targets = targets
        self.parts = parts
    }
}

extension Name {
    /// The name as its words, and its running text where that says more.
    fileprivate var json: JSON {
        html == words.escapedForHTML ? .string(words) : .array([.string(words), .string(html)])
    }

    fileprivate init?(json: JSON) {
        if let words = json.string {
            self.init(words: words)
        } else {
            guard let parts = json.array?.compactMap(\.string), parts.count == 2 else { return nil }
            var content = HTMLBuffer()
            content.authored(parts[1])
            self.init(content, words: parts[0])
        }
    }
}
