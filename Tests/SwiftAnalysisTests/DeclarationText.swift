import SwiftAnalysis
import Testing

@Suite struct DeclarationTextTests {
    @Test(
        "What a reader does not want is left out",
        arguments: [
            ("<Name>let <Name>x</Name>: <Type usr=\"s:Sf\">Float</Type></Name>", "let x: Float"),
            ("func f() -&gt; [String &amp; Error]", "func f() -> [String & Error]"),
            ("var s: String = &quot;a&apos;&quot; &nbsp;", "var s: String = \"a'\" &nbsp;"),
            ("@inlinable @available(*, unavailable) func f()", "func f()"),
            ("convenience init(inconvenience convenience: Int)", "init(inconvenience convenience: Int)"),
            ("struct S : _Hidden", "struct S"), ("struct S : _Hidden, Open", "struct S : Open"),
            ("struct S : _A, _B, Open, _C", "struct S : Open"),
            ("struct S : Open, _Hidden", "struct S : Open"),
            ("func f(_ x: Int, _ y: Int)", "func f(_ x: Int, _ y: Int)"),
            ("init(size: Int, file: StaticString = #fileID, line: UInt = #line)", "init(size: Int)"),
            ("init(file: StaticString = #fileID, line: UInt = #line)", "init()"),
            ("init(line: UInt = #line, size: Int)", "init(size: Int)"),
            ("init(file: String, underline: UInt = #line)", "init(file: String, underline: UInt = #line)"),
            ("let é: Float", "let é: Float"), ("a < b", "a < b"), ("", ""),
        ]
    ) func leftOut(markup: String, text: String) {
        #expect(DeclarationText(markup: markup).text == text)
    }
}
