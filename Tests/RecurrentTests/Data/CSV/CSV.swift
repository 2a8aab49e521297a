internal import Foundation
import Recurrent
import Testing

@Suite struct CSVTests {
    private func table(
        _ text: String,
        separator: Character = ",",
        header: [String]? = nil
    ) throws -> CSV {
        try CSV(bytes: Array(text.utf8), name: "t.csv", separator: separator, header: header)
    }

    @Test func `columns are numbers or texts by their names`() throws {
        let tides = try table("time,height,place\n0,1.5,Brest\n6, -2e-1 ,\"Saint-Malo, quay\"\n")
        #expect(tides.header == ["time", "height", "place"] && tides.rowCount == 2)
        #expect(try tides.numbers("height") == [1.5, -0.2])
        #expect(try tides.texts("place") == ["Brest", "Saint-Malo, quay"])
        let x = try tides.tensor(["height", "time"])
        #expect(x.shape == [2, 2] && x.scalars == [1.5, 0, -0.2, 6])
    }

    @Test(
        "lines and fields are those of RFC 4180",
        arguments: [
            ("a,b\r\n1,2\r\n", [["1", "2"]]),
            ("\u{feff}a,b\n1,2", [["1", "2"]]),
            ("a,b\r1,2\r3,4\r", [["1", "2"], ["3", "4"]]),
            ("a,b\n\n,\n\n", [["", ""]]),
            ("a,b\n\"1,\r\n2\",\"\"\"\"\n", [["1,\r\n2", "\""]]),
            ("a,b\n\"\",\"x\"\"y\"\r\n", [["", "x\"y"]]),
            ("a,b\n 1 , é", [[" 1 ", " é"]]),
            ("a,b\n", []),
        ]
    )
    func fields(text: String, rows: [[String]]) throws {
        let read = try table(text)
        #expect(read.header == ["a", "b"] && read.rows == rows)
    }

    @Test func `a header can be given, and a separator`() throws {
        let read = try table("1;2\n3;4\n", separator: ";", header: ["x", "y"])
        #expect(try read.tensor().scalars == [1, 2, 3, 4])
    }

    @Test func `missing values become a number if one is given`() throws {
        let read = try table("x,y\n1,a\n,b\nNA,\n 4,d\n")
        let numbers = try read.numbers("x", missing: .nan)
        #expect(numbers[0] == 1 && numbers[1].isNaN && numbers[2].isNaN && numbers[3] == 4)
        #expect(try read.texts("y") == ["a", "b", "", "d"])
    }

    @Test(
        "faults have their place and a remedy",
        arguments: [
            ("", "t.csv:1:1: the file is empty; expected a line with the names of the columns"),
            ("x,y,x\n", "t.csv:1:5: two columns are called \"x\""),
            (
                "x,y\n1,2\n\n3,4,5\n",
                "t.csv:4:5: the row has 3 fields, but there are 2 columns; a field with a separator in it must stand in quotes"
            ),
            (
                "x,y\n1\n",
                "t.csv:2:1: the row has 1 fields, but there are 2 columns; a field with a separator in it must stand in quotes"
            ),
            (
                "x,y\n1,é\"2\"\n",
                "t.csv:2:4: a quote in a field without quotes around it; write the field in quotes, and the quote twice"
            ),
            (
                "x,y\n\"1\"2,3\n",
                "t.csv:2:4: something stands behind the quotes of a field; a quote in a field is written twice"
            ),
            ("x,y\r\n1,\"2\r\n3\r\n", "t.csv:2:3: the quotes that open here are never closed"),
            ("x\r1\r\"2\nb\"\rtwo\r", "t.csv:3:1: the column \"x\" has \"2\nb\" here, which is no number"),
            ("x\n0x10\n", "t.csv:2:1: the column \"x\" has \"0x10\" here, which is no number"),
            ("x\n1 000\n", "t.csv:2:1: the column \"x\" has \"1 000\" here, which is no number"),
            (
                "x,y\n1,2\n ,2\n",
                "t.csv:3:1: the column \"x\" has no value here. Pass a number for such fields, as missing: .nan"
            ),
            (
                "a;x\n1;2\n",
                "t.csv:1:1: no column is called \"x\"; there are \"a;x\". Is the separator another, such as separator: \";\"?"
            ),
        ]
    )
    func faults(text: String, fault: String) {
        #expect(faultOf { try table(text).numbers("x") } == fault)
    }

    @Test func `what is no UTF-8 has its place`() {
        let bytes = Array("x,y\n1,".utf8) + [0xE9, 0x0A]
        let fault = "t.csv:2:3: a byte here is no UTF-8; save the file in that encoding"
        #expect(faultOf { try CSV(bytes: bytes, name: "t.csv").numbers("x") } == fault)
    }

    @Test func `a table is read from a file`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "csv-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "tides.csv").path(percentEncoded: false)
        try Data("height\n1.5\nhigh\n".utf8).write(to: URL(filePath: path))
        #expect(try CSV(path: path).texts("height") == ["1.5", "high"])
        let fault = "\(path):3:1: the column \"height\" has \"high\" here, which is no number"
        #expect(faultOf { try CSV(path: path).numbers("height") } == fault)
        let missing = try #require(faultOf { try CSV(path: path + "x").numbers("height") })
        #expect(missing.hasPrefix("\(path)x:1:1: the file cannot be read: No such file or directory. "))
    }

    private func faultOf(_ read: () throws -> [Float]) -> String? {
        do {
            _ = try read()
            return nil
        } catch {
            return "\(error)"
        }
    }
}
