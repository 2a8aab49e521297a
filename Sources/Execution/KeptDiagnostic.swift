package import Lessons
package import Serialization

extension Diagnostic {
    /// The diagnostic as it is kept from one build to the next.
    package var json: JSON {
        [
            "severity": .string(severity.rawValue), "kind": .string(kind.rawValue),
            "file": .string(location.file), "line": location.line.map(JSON.integer) ?? .null,
            "column": location.column.map(JSON.integer) ?? .null, "message": .string(message),
            "hint": hint.map(JSON.string) ?? .null, "source": sourceLine.map(JSON.string) ?? .null,
        ]
    }

    /// Reads a diagnostic back; `nil` for what is none.
    package init?(json: JSON) {
        guard let severity = json["severity"]?.string.flatMap(Severity.init(rawValue:)),
            let kind = json["kind"]?.string.flatMap(Kind.init(rawValue:)),
            let file = json["file"]?.string, let message = json["message"]?.string
        else { return nil }
        let place = SourceLocation(file: file, line: json["line"]?.integer, column: json["column"]?.integer)
        self.init(
            severity,
            kind,
            at: place,
            message,
            hint: json["hint"]?.string,
            sourceLine: json["source"]?.string
        )
    }
}
