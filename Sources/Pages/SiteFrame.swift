internal import Lessons
public import Records

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
    }

    /// The pages of the reference, by symbol.
    var addresses: [String: String]
    /// What can be pointed at in each page, by its path.
    var targets: [String: Set<String>]
    /// A digest of the terms that lessons define.
    var glossary: Digest
    /// The lessons' parts, by their slugs.
    var parts: [String: Part]

    /// Gathers what the lessons of these pages give.
    init(
        _ pages: [LessonPage],
        of lessons: [Lesson],
        others: [String: Set<String>],
        in furniture: PageFurniture,
        assets: LessonAssets
    ) {
        addresses = furniture.symbolAddresses
        targets = others
        glossary = furniture.glossary.digest
        parts = [:]
        let own = Array(zip(lessons, pages)).concurrentMap { Part(of: $0, $1, assets: assets) }
        for (index, page) in pages.enumerated() {
            targets[page.page.path] = page.outline.targets
            parts[lessons[index].slug] = own[index]
        }
    }

    /// Adds what a lesson gives, in the place of what it gave before.
    mutating func add(_ page: LessonPage, of lesson: Lesson, assets: LessonAssets) {
        targets[page.page.path] = page.outline.targets
        parts[lesson.slug] = Part(of: lesson, page, assets: assets)
    }

    /// Whether the pages of other lessons stay as they are when these become of them.
    func holds(for pages: [LessonPage], of lessons: [Lesson], after frame: SiteFrame) -> Bool {
        glossary == frame.glossary
            && zip(lessons, pages).allSatisfy { lesson, page in
                guard let part = parts[lesson.slug], let old = frame.parts[lesson.slug] else { return false }
                let path = page.page.path
                return part.frontMatter == old.frontMatter && part.assets == old.assets
                    // Nobody points at what is new.
                    && targets[path, default: []].isSuperset(of: frame.targets[path, default: []])
            }
    }
}

extension SiteFrame.Part {
    /// Gathers what a lesson gives.
    fileprivate init(of lesson: Lesson, _ page: LessonPage, assets: LessonAssets) {
        frontMatter = Digest(of: "\(lesson.frontMatter)")
        self.assets = page.usedAssets(among: assets)
        files = Set(page.files.map(\.path))
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
            "glossary": .string(glossary.text),
            "addresses": object(addresses, JSON.string),
            "targets": object(targets, list),
            "parts": object(parts) { part in
                [
                    "frontMatter": .string(part.frontMatter.text), "assets": list(part.assets),
                    "files": list(part.files),
                ]
            },
        ]
    }

    /// Reads a frame back.
    public init?(json: JSON) {
        func list(_ json: JSON?) -> Set<String>? {
            json?.array.map { Set($0.compactMap(\.string)) }
        }
        func values<Value>(_ name: String, _ value: (JSON) -> Value?) -> [String: Value]? {
            guard case .object(let members)? = json[name] else { return nil }
            let pairs = members.compactMap { member in value(member.value).map { (member.name, $0) } }
            guard pairs.count == members.count else { return nil }
            return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
        }
        let parts = values("parts") { json -> Part? in
            guard let frontMatter = json["frontMatter"]?.string, let assets = list(json["assets"]),
                let files = list(json["files"])
            else { return nil }
            return Part(frontMatter: Digest(text: frontMatter), assets: assets, files: files)
        }
        guard let glossary = json["glossary"]?.string, let addresses = values("addresses", \.string),
            let targets = values("targets", list), let parts
        else { return nil }
        self.glossary = Digest(text: glossary)
        self.addresses = addresses
        self.targets = targets
        self.parts = parts
    }
}
