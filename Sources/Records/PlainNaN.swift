extension Output {
    /// The output with each number that is none written as `nan`: whether it has a sign, processors decide differently.
    var withPlainNaN: Output {
        switch self {
        case .text(let text): .text(text.withPlainNaN)
        case .value(let text): .value(text.withPlainNaN)
        case .table(let table):
            .table(
                Table(
                    columns: table.columns,
                    rows: table.rows.map { $0.map { $0.withPlainNaN } },
                    caption: table.caption
                )
            )
        case .figure: self
        }
    }
}

extension String {
    /// The text with `nan` for each `-nan` that is a word.
    fileprivate var withPlainNaN: String {
        let signed = Array("-nan".utf8)
        let bytes = Array(utf8)
        var plain: [UInt8] = []
        var start = 0
        var index = 0
        while index + signed.count <= bytes.count {
            let end = index + signed.count
            guard bytes[index] == signed[0], bytes[index..<end].elementsEqual(signed),
                index == 0 || !bytes[index - 1].isInWord, end == bytes.count || !bytes[end].isInWord
            else {
                index += 1
                continue
            }
            plain += bytes[start..<index]
            start = index + 1
            index = end
        }
        return start == 0 ? self : String(decoding: plain + bytes[start...], as: UTF8.self)
    }
}

extension UInt8 {
    /// Whether the byte is of a letter or a digit.
    fileprivate var isInWord: Bool {
        self >= 0x80 || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self)
            || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20)
    }
}
