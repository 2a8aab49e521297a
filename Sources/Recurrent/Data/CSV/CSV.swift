/// A table of comma-separated values, by the names of its columns.
///
///     let table = try CSV(path: "data/tides.csv")         // declared in the lesson's front matter
///     table.header                                        // ["time", "height"]
///     let heights = try table.numbers("height")           // [Float]
///     let x = try table.tensor(["height", "wind"], missing: .nan)
///
/// Fields are those of RFC 4180: one with a comma, a quote or a line break stands in quotes, and a quote in it is doubled.
/// Lines end with LF, CRLF or CR; a byte order mark and empty lines are passed over. Anything else, such as a row with a
/// field too many, is an error with its place. Numbers have a point, and no separators of thousands.
///
/// Source: Y. Shafranovich, "Common format and MIME type for comma-separated values", RFC 4180 (2005).
public struct CSV: Sendable {
    /// The names of the columns.
    public let header: [String]
    /// The fields of each row, one for each column.
    public let rows: [[String]]

    private let text: CSVText
    /// The offset at which each row's fields begin.
    private let offsets: [[Int]]
    private let missingWords: [String]

    /// Reads a table.
    ///
    /// - Parameters:
    ///   - bytes: The table in UTF-8.
    ///   - name: The name of the file, for errors.
    ///   - separator: The character between two fields, one of ASCII: ";" or "\t" where it is no comma.
    ///   - header: The names of the columns, if the first line does not have them.
    ///   - missingWords: The fields that stand for no value, beside those that are empty or blank.
    /// - Throws: `CSVError`
    @export(interface)
    public init(
        bytes: [UInt8],
        name: String = "CSV",
        separator: Character = ",",
        header: [String]? = nil,
        missingWords: [String] = ["NA", "N/A", "NaN", "nan", "null"],
        file: StaticString = #filePath,
        line: UInt = #line
    ) throws(CSVError) {
        let ascii = separator.asciiValue
        require(
            ascii.map { ![UInt8(ascii: "\""), UInt8(ascii: "\n"), UInt8(ascii: "\r")].contains($0) } ?? false,
            "CSV: the separator is \"\(separator)\"; it must be a character of ASCII, and no quote or line "
                + "break.",
            file: file,
            line: line
        )
        var reader = CSVReader(try CSVText(bytes, name: name), separator: ascii ?? UInt8(ascii: ","))
        text = reader.text
        self.missingWords = missingWords
        var names = header ?? []
        if header == nil {
            guard let first = try reader.row() else {
                throw text.error(at: 0, "the file is empty; expected a line with the names of the columns")
            }
            names = first.fields
            for (column, name) in names.enumerated() where names[..<column].contains(name) {
                throw text.error(at: first.offsets[column], "two columns are called \"\(name)\"")
            }
        }
        var rows: [[String]] = []
        var offsets: [[Int]] = []
        while let row = try reader.row() {
            guard row.fields.count == names.count else {
                throw text.error(
                    at: row.offsets[min(names.count, row.offsets.count - 1)],
                    "the row has \(row.fields.count) fields, but there are \(names.count) columns; a field with a separator in "
                        + "it must stand in quotes"
                )
            }
            rows.append(row.fields)
            offsets.append(row.offsets)
        }
        (self.header, self.rows, self.offsets) = (names, rows, offsets)
    }

    /// The number of rows, without the header.
    public var rowCount: Int { rows.count }

    /// The fields of a column as they stand in the file; empty where nothing does.
    ///
    /// - Throws: `CSVError` if there is no such column.
    public func texts(_ column: String) throws(CSVError) -> [String] {
        let index = try index(of: column)
        return rows.map { $0[index] }
    }

    /// The numbers of a column.
    ///
    /// - Parameters:
    ///   - column: The name of the column.
    ///   - missing: The number for a field without a value, such as `.nan`; without one such a field is an error.
    /// - Throws: `CSVError` if there is no such column, or a field is no number.
    public func numbers(_ column: String, missing: Float? = nil) throws(CSVError) -> [Float] {
        let index = try index(of: column)
        var numbers: [Float] = []
        for row in rows.indices { numbers.append(try number(row, index, missing)) }
        return numbers
    }

    /// The numbers of some columns side by side, by default of all.
    ///
    /// - Shape: [rows, columns]
    /// - Parameters:
    ///   - columns: The names of the columns, in their order in the tensor.
    ///   - missing: The number for a field without a value; without one such a field is an error.
    /// - Throws: `CSVError` if there is no such column, or a field is no number.
    public func tensor(_ columns: [String]? = nil, missing: Float? = nil) throws(CSVError) -> Tensor {
        var indices: [Int] = []
        for column in columns ?? header { indices.append(try index(of: column)) }
        var numbers: [Float] = []
        for row in rows.indices {
            for index in indices { numbers.append(try number(row, index, missing)) }
        }
        return Tensor(shape: [rows.count, indices.count], scalars: numbers)
    }

    /// Whether a field has no value: whether it is blank, or one of the words for that.
    private func isMissing(_ field: String) -> Bool {
        let isBlank = field.utf8.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        return isBlank || missingWords.contains(field)
    }

    private func index(of column: String) throws(CSVError) -> Int {
        if let index = header.firstIndex(of: column) { return index }
        let names = header.map { "\"\($0)\"" }.joined(separator: ", ")
        let remedy = header.count == 1 ? ". Is the separator another, such as separator: \";\"?" : ""
        throw text.error(at: 0, "no column is called \"\(column)\"; there are \(names)\(remedy)")
    }

    private func number(_ row: Int, _ column: Int, _ missing: Float?) throws(CSVError) -> Float {
        let field = rows[row][column]
        let place = offsets[row][column]
        if isMissing(field) {
            if let missing { return missing }
            throw text.error(
                at: place,
                "the column \"\(header[column])\" has no value here. Pass a number for such fields, as missing: .nan"
            )
        }
        // Blanks around a number are part of the field, but not of the number.
        let bare = field.split(separator: " ")
        let isPlain = bare.count == 1 && !bare[0].utf8.contains { $0 | 0x20 == UInt8(ascii: "x") }
        guard isPlain, let number = Double(String(bare[0])) else {
            throw text.error(
                at: place,
                "the column \"\(header[column])\" has \"\(field)\" here, which is no number"
            )
        }
        return Float(number)
    }
}

/// A fault in a table of comma-separated values, and its place.
public struct CSVError: Error, Equatable, Sendable {
    /// The name of the file.
    public let name: String
    /// The line, from 1.
    public let line: Int
    /// The character in the line, from 1.
    public let column: Int
    /// The fault in one sentence.
    public let reason: String
}

extension CSVError: CustomStringConvertible {
    /// The place and the fault, as a compiler says them: `data/tides.csv:3:7: …`.
    public var description: String { "\(name):\(line):\(column): \(reason)" }
}
