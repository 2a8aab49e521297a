import Notebook
import Testing

@Suite("Row") struct RowTests {
    @Test("has the text of each value, whatever its type")
    func values() {
        #expect(Row("one").texts == ["one"])
        #expect(Row(1, "two").texts == ["1", "two"])
        #expect(Row(1, "two", Float(0.1)).texts == ["1", "two", "0.1"])
        #expect(Row(Int?.none, Int?(4), true, [2, 3]).texts == ["nil", "4", "true", "[2, 3]"])
        #expect(Row(1, 2, 3, 4, 5).texts == ["1", "2", "3", "4", "5"])
        #expect(Row(1, 2, 3, 4, 5, 6).texts == ["1", "2", "3", "4", "5", "6"])
    }

    @Test("is made longer by adding to it")
    func addition() {
        #expect((Row(1) + ["a", "b"] + [0.5]).texts == ["1", "a", "b", "0.5"])
        #expect((Row("seed") + [Int]()).texts == ["seed"])
    }
}
