internal import Lessons

/// The fields in the scope of a tag, which Mustache looks up from the innermost section outwards.
struct TemplateScope {
    /// The reason why there is no such field.
    struct Complaint: Error {
        var message: String
        var hint: String
    }

    private let stack: [TemplateField]

    /// Makes the scope of values, innermost last.
    init(_ stack: [TemplateField]) {
        self.stack = stack
    }

    /// Returns the type of a field after its transforms.
    func field(named name: String, transforms: [String]) -> Result<TemplateField, Complaint> {
        // `{{index()}}` and the like are about the element of a list that a section is at.
        if name.isEmpty, let last = transforms.last {
            guard ["first", "last", "index", "even", "odd"].contains(last) else {
                return .failure(TemplateScope.unknownTransform(last))
            }
            return transformed(last == "index" ? .text : .condition, by: transforms.dropLast())
        }
        return plainField(named: name).flatMap { transformed($0, by: transforms[...]) }
    }

    private func plainField(named name: String) -> Result<TemplateField, Complaint> {
        let parts = name.split(separator: ".").map(String.init)
        guard let first = parts.first else {
            // `{{.}}`: fields of a page as a whole are no text, and the section that names them is enough.
            return stack.last.map(Result.success) ?? .success(.text)
        }
        let isInner = name.hasPrefix(".")
        let around = (isInner ? stack.suffix(1) : stack[...]).reversed().compactMap(\.own)
        guard var field = around.lazy.compactMap({ $0[first] }).first else {
            return .failure(TemplateScope.unknown(first, "there is no field '\(first)' here", around))
        }
        for (index, part) in parts.enumerated().dropFirst() {
            guard let inner = field.own?[part] else {
                let outer = parts[..<index].joined(separator: ".")
                let message = "'\(outer)' has no field '\(part)'"
                return .failure(TemplateScope.unknown(part, message, [field.own ?? [:]]))
            }
            field = inner
        }
        return .success(field)
    }

    private static func unknown(
        _ name: String,
        _ message: String,
        _ scopes: [[String: TemplateField]]
    ) -> Complaint {
        let names = Set(scopes.flatMap(\.keys)).sorted()
        let hint =
            names.isEmpty
            ? "it has none: it is a text" : Spelling.hint(for: name, among: names, shownAs: "there are")
        return Complaint(message: message, hint: hint)
    }

    private static let transforms = [
        "capitalized", "lowercased", "uppercased", "reversed", "empty", "first", "last", "count", "sorted",
        "equalzero",
        "plusone", "minusone", "even", "odd",
    ]

    private static func unknownTransform(_ name: String) -> Complaint {
        let hint = Spelling.hint(for: name, among: transforms, shownAs: "there are")
        return Complaint(message: "Mustache has no transform '\(name)'", hint: hint)
    }

    private func transformed(
        _ field: TemplateField,
        by transforms: ArraySlice<String>
    ) -> Result<TemplateField, Complaint> {
        var field = field
        for transform in transforms.reversed() {
            switch (transform, field) {
            case ("empty", _), ("even", _), ("odd", _), ("equalzero", _): field = .condition
            case ("first", .list(let fields)), ("last", .list(let fields)): field = .fields(fields)
            case ("first", .pieces), ("last", .pieces): field = .html
            case ("reversed", _), ("sorted", .pieces): break
            case (let name, _) where TemplateScope.transforms.contains(name): field = .text
            default: return .failure(TemplateScope.unknownTransform(transform))
            }
        }
        return .success(field)
    }
}

extension TemplateField {
    /// The fields that it has of its own.
    fileprivate var own: [String: TemplateField]? {
        if case .fields(let fields) = self { fields } else { nil }
    }
}
