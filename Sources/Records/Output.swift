public import Serialization

/// An output of a cell.
public enum Output: Sendable, Equatable {
    /// Text that `print` wrote.
    case text(String)
    /// A value, as its description.
    case value(String)
    /// A table.
    case table(Table)
    /// A chart or a diagram.
    case figure(Figure)
}

/// A table of texts with a row of headings.
public struct Table: Sendable, Equatable {
    /// The headings, one a column.
    public var columns: [String]
    /// The rows; each has one cell a column.
    public var rows: [[String]]
    /// The caption, if the author gave one.
    public var caption: String?

    /// Makes a table.
    package init(columns: [String], rows: [[String]], caption: String? = nil) {
        self.columns = columns
        self.rows = rows
        self.caption = caption
    }
}

/// A drawing with the words and the data that stand behind it.
public struct Figure: Sendable, Equatable {
    /// The drawing, as one `<svg>` element.
    public var svg: String
    /// The title, which the drawing holds, too.
    public var title: String
    /// A summary of the drawing in words, made from the data.
    public var summary: String
    /// The data behind the drawing, for those who cannot see it and for comparisons.
    public var data: Table?
    /// The caption, if the author gave one.
    public var caption: String?

    /// Makes a figure.
    public init(svg: String, title: String, summary: String, data: Table? = nil, caption: String? = nil) {
        self.svg = svg
        self.title = title
        self.summary = summary
        self.data = data
        self.caption = caption
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
            let rows = json["rows"]?.array?.map({ $0.strings }),
            !rows.contains(where: { $0?.count != columns.count })
        else { return nil }
        self.init(columns: columns, rows: rows.compactMap { $0 }, caption: json["caption"]?.string)
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

extension JSON {
    /// A text as an array of its lines.
    fileprivate static func lines(of text: String) -> JSON {
        var lines: [JSON] = []
        var line: [UInt8] = []
        for byte in text.utf8 {
            if byte == UInt8(ascii: "\n") {
                lines.append(.string(String(decoding: line, as: UTF8.self)))
                line.removeAll(keepingCapacity: true)
            } else {
                line.append(byte)
            }
        }
        return .array(lines + [.string(String(decoding: line, as: UTF8.self))])
    }

    /// The text of which this is the array of lines.
    fileprivate var joinedLines: String? { strings?.joined(separator: "\n") }

    /// A member with a text; none for `nil`.
    fileprivate static func member(_ name: String, _ value: String?) -> [Member] {
        value.map { [Member(name, .string($0))] } ?? []
    }
}
