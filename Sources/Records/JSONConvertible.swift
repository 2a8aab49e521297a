/// A value that can be written as JSON and read back.
public protocol JSONConvertible {
    /// The value as JSON.
    var json: JSON { get }

    /// Reads the value back; `nil` if `json` is not one.
    init?(json: JSON)
}

extension RunRecord: JSONConvertible {
    /// The record as an object.
    public var json: JSON {
        .object(
            [JSON.Member("lesson", .string(lesson)), JSON.Member("cells", .array(cells.map(\.json)))]
                + (expressions.isEmpty
                    ? [] : [JSON.Member("expressions", .array(expressions.map(JSON.string)))])
        )
    }

    /// Reads a record back.
    public init?(json: JSON) {
        guard let lesson = json["lesson"]?.string, let cells = [CellRecord](json: json["cells"]) else {
            return nil
        }
        guard let expressions = json["expressions"] == nil ? [] : json["expressions"]?.strings else {
            return nil
        }
        self.init(lesson: lesson, cells: cells, expressions: expressions)
    }
}

extension CellRecord: JSONConvertible {
    /// The record as an object.
    public var json: JSON {
        .object(
            [JSON.Member("name", .string(name)), JSON.Member("outputs", .array(outputs.map(\.json)))]
                + (shapes.isEmpty
                    ? []
                    : [
                        JSON.Member(
                            "shapes",
                            .object(shapes.map { JSON.Member($0.name, .string($0.shape)) })
                        )
                    ])
        )
    }

    /// Reads a record back.
    public init?(json: JSON) {
        guard let name = json["name"]?.string, let outputs = [Output](json: json["outputs"]) else {
            return nil
        }
        guard let shapes = json["shapes"] == nil ? [] : json["shapes"]?.shapes else { return nil }
        self.init(name: name, outputs: outputs, shapes: shapes)
    }
}

extension Output: JSONConvertible {
    /// The output as an object with one member, named for its kind. Texts are split into lines, so that a
    /// difference of two records is one of lines.
    public var json: JSON {
        switch self {
        case .text(let text): ["text": JSON.lines(of: text)]
        case .value(let text): ["value": JSON.lines(of: text)]
        case .table(let table): ["table": table.json]
        case .figure(let figure): ["figure": figure.json]
        }
    }

    /// Reads an output back.
    public init?(json: JSON) {
        if let text = json["text"]?.joinedLines {
            self = .text(text)
        } else if let text = json["value"]?.joinedLines {
            self = .value(text)
        } else if let table = json["table"].flatMap(Table.init(json:)) {
            self = .table(table)
        } else if let figure = json["figure"].flatMap(Figure.init(json:)) {
            self = .figure(figure)
        } else {
            return nil
        }
    }
}

extension Table: JSONConvertible {
    /// The table as an object.
    public var json: JSON {
        .object(
            [
                JSON.Member("columns", .array(columns.map(JSON.string))),
                JSON.Member("rows", .array(rows.map { .array($0.map(JSON.string)) })),
            ] + JSON.member("caption", caption)
        )
    }

    /// Reads a table back; every row must have one text a column.
    public init?(json: JSON) {
        guard let columns = json["columns"]?.strings,
            let rows = json["rows"]?.array?.map(\.strings),
            !rows.contains(where: { $0?.count != columns.count })
        else { return nil }
        self.init(columns: columns, rows: rows.compactMap(\.self), caption: json["caption"]?.string)
    }
}

extension Figure: JSONConvertible {
    /// The figure as an object; its data come before its drawing.
    public var json: JSON {
        .object(
            [JSON.Member("title", .string(title)), JSON.Member("summary", .string(summary))]
                + JSON.member("caption", caption)
                + (data.map { [JSON.Member("data", $0.json)] } ?? [])
                + [JSON.Member("svg", JSON.lines(of: svg))]
        )
    }

    /// Reads a figure back.
    public init?(json: JSON) {
        guard let title = json["title"]?.string, let summary = json["summary"]?.string,
            let svg = json["svg"]?.joinedLines
        else { return nil }
        let data = json["data"].flatMap(Table.init(json:))
        guard data != nil || json["data"] == nil else { return nil }
        self.init(svg: svg, title: title, summary: summary, data: data, caption: json["caption"]?.string)
    }
}

extension Array where Element: JSONConvertible {
    /// Reads all elements of an array back; `nil` if one of them is not as it should be.
    init?(json: JSON?) {
        guard let values = json?.array else { return nil }
        let elements = values.compactMap(Element.init(json:))
        guard elements.count == values.count else { return nil }
        self = elements
    }
}

extension JSON {
    fileprivate var strings: [String]? {
        guard let array else { return nil }
        let strings = array.compactMap(\.string)
        return strings.count == array.count ? strings : nil
    }

    fileprivate var shapes: [TensorShape]? {
        guard case .object(let members) = self else { return nil }
        let shapes = members.compactMap { member in
            member.value.string.map { TensorShape(name: member.name, shape: $0) }
        }
        return shapes.count == members.count ? shapes : nil
    }

    /// A text as an array of its lines.
    fileprivate static func lines(of text: String) -> JSON {
        let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        return .array(lines.map { .string(String(Substring($0))) })
    }

    fileprivate var joinedLines: String? { strings?.joined(separator: "\n") }

    fileprivate static func member(_ name: String, _ value: String?) -> [Member] {
        value.map { [Member(name, .string($0))] } ?? []
    }
}
