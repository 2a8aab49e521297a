extension EditGenerator {
    /// Lessons with a literal, comment or gap of each kind, and with code that asks for its place in each way.
    static let lessons: [String] = codes.map { cells in
        let blocks = cells.map { cell in
            cell.hasPrefix("{swift}") ? "It is `\(cell)` now." : "```swift model\n\(cell)\n```"
        }
        return (["---\ntitle: Test\n---"] + blocks.flatMap { [$0, "Prose."] }).joined(separator: "\n\n")
            + "\n"
    }

    private static let codes: [[String]] = [
        // Strings.
        [
            ##"""
            let n = 3 // how many
            let words = ["a  b", "c"]  /* two */
            print("\(n)  after", "before  \(n)", #"raw  x \#(n)  y"#, words[0])
            print("// no  comment", "/* nor  here */", "\( /* why */ n  + 1)  \("in  \(n) it")")
            """##,
            #"""
            print("""
              two  blanks \(n)  here
                deeper \
              joined \(words.map { $0 + "  " }
                .joined())

              blank line above
              """)
            """#,
            "{swift} \"n  is \\(n)\"",
        ],
        // Regular expressions.
        [
            #"""
            let text = "a b  c/d 12-34 #x http://a"
            print(text.contains(#/a b/#), text.contains(#/b  c/#)) // one blank, two
            print(text.matches(of: #/[0-9] ?[0-9]/#).count, text.contains(#/p:// a/#), text.contains(#/[x] */ a/#))
            print(text.contains(##/c/d/#|x/##), [#/c d/#, #/ 12/#].map { text.contains($0) }) /* two */
            """#,
            #"""
            let long = #/
              (\d+)   # digits  here
              [-]  \d   // no comment
            /#
            print(text.firstMatch(of: long)?.output.0 ?? "none")
            print(text.replacing(#/a|b/#, with: "  ").count,
              text.split(separator: #/\s  ?/#).count)
            """#,
        ],
        // Operators and the blanks around them.
        [
            """
            let a = 7, b = 2
            print(a - b, a-b, -b, a * -b, a > b ? a : b, a
              - b)
            print(√b, b√, a √ b, (a √ b)√, a/b, a /* over */ / b)
            """,
            """
            let c: Int? = a
            print(c ?? 0, c! + 1, c?.description ?? "none", c == nil ? 1 : 2)
            var d = a
            d -= 1
            let e = d
            -1
            print(d, e, (1...3).count, [1, 2, 3][1...].count)
            """,
        ],
        // Line ends that end statements, or do not.
        [
            """
            func f(_ x: Int = 1, _ body: () -> Int = { 0 }) -> Int { x + body() }
            print(f { 2 })
            let g = f()
            print(g)
            func h() -> Int? {
              return
                4
            }
            print(h() as Any)
            """,
            """
            [1, 2].map { $0 * 2 }
              .forEach { print($0) }
            let t = f(2) {
              5 }
            print(t)
            if g > 0 { print("if") }
            else { print("else") }
            let (x, y) = (1, 2); print(x, y)
            """,
        ],
        // Numbers.
        [
            """
            print(0.50, 1e-3, 0x1F, 1_000, 007, -0.0, 1.5e3, 0b101)
            print([1, 2,  3], (4, 5.25), 1.0 / 3)
            """,
            "{swift} 0.125 + 1.50",
        ],
        // Names, conditions, key paths, generics.
        [
            """
            #if os(Linux) || os(macOS) // either
            let `two words` = "here  now"
            #else
            let `two words` = "there"  + 1
            #endif
            print(`two words`)
            let é = "é"; print(é.unicodeScalars.count, é.utf8.count)
            """,
            #"""
            enum Pet: CaseIterable { case `big  dog`, cat }
            print(Pet.allCases.map { "\($0)" })
            struct Box<T> { var value: T; var pair: (Int, T) }
            print(Box<Int>(value: 1, pair: (2, 3))[keyPath: \.pair.1], \Box<Int>.value == \.value)
            switch Pet.cat { case .cat: print("cat"); default: print("no  cat") }
            """#,
        ],
        // Comments of each sort.
        [
            """
            /// Adds  one.
            func next(_ n: Int /* any */) -> Int { n /* plus */ + /* one */ 1 } // done
            /* a /* nested */ comment
              of two lines */ print(next(1))
            /**/print(next(2))/* " */
            // print("gone") */ "
            print("shown") // "shown
            """
        ],
        // Code that asks where its caller stands: in a function, a cell further down and in prose.
        [
            "func here(_ text: String, line: Int = #line) -> String { \"\\(text) at \\(line)\" }",
            "print(here(\"used\"))\nprint(\"so\"); print(here(\"again\"))",
            "{swift} here(\"prose\")",
        ],
        // In an initializer, a subscript, a closure and a method; its column and its file.
        [
            """
            struct Log {
              var line: Int
              init(_ line: Int = #line) { self.line = line }
              subscript(_ i: Int, column: Int = #column) -> String { "\\(i) at \\(column)" }
              func file(_ file: String = #fileID, _ path: String = #filePath) -> String { "\\(file) \\(path)" }
            }
            """,
            "let log = Log()\nprint(log.line, log[3])\nprint(log.file()) // where",
            "let places = [1, 2].map { _ in (#line, #column) }\nprint(places[1])",
        ],
        // What looks like it, and does not ask.
        [
            """
            func name(_ name: String = #function) -> String { name }
            func train(_ epochs: Int) -> String { name() }
            print(train(3), "#line  #column", "#file") // #line
            """,
            "print(\"#line\".contains(#/#line/#))  // #column",
        ],
    ]
}
