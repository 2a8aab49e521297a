internal import Foundation
internal import Golden
internal import Lessons
internal import OutputHTML
internal import Pages
internal import Testing

@Suite struct MathMLTests {
    private static let place = SourceLocation(file: "a.md", line: 7, column: 10)

    private func translated(_ source: String, isDisplayed: Bool = false) -> MathML {
        MathML.render(TeX(source, lines: [Self.place]), isDisplayed: isDisplayed)
    }

    /// What formulas on networks hold.
    static let formulas = [
        #"h_t = \tanh(W_{ih} x_t + b_{ih} + W_{hh} h_{t-1} + b_{hh})"#,
        #"\frac{\partial L}{\partial w} = \sum_{t=1}^{T} \delta_t h_{t-1}^\top"#,
        #"\sqrt{x^2 + 1}, \sqrt[3]{8}"#,
        #"\prod_{i=1}^n p(w_i \mid w_{<i})"#,
        #"\begin{pmatrix} a & b \\ c & d \end{pmatrix}"#,
        #"|x| = \begin{cases} x & \text{if } x \ge 0 \\ -x & \text{otherwise} \end{cases}"#,
        #"\begin{aligned} i_t &= \sigma(z) \\ f_t &= 1 - i_t \end{aligned}"#,
        #"\hat y, \bar{x}, \vec v, \widehat{abc}, \overline{z}, \underbrace{a + b}_{n}"#,
        #"\alpha, \Gamma, \mathbb{R}^{n \times m}, \mathcal{L}, \mathbf{W}, \boldsymbol{\theta}, \mathrm{d}x"#,
        #"\left( \frac{1}{2} \right)^2 \left. f \right|_{x=0} \left\{ a \middle| b \right\}"#,
        #"\operatorname{softmax}(z)_i = \frac{e^{z_i}}{\sum_j e^{z_j}}"#,
        #"\argmax_\theta \log p, \operatorname*{arg\,max}_x f, \lim_{n \to \infty} a_n, \max(a, b)"#,
        #"f'(x), f''^2, x_1', 2\sin x\cos x, -a = -b, 3.14, x^12"#,
        #"\lVert w \rVert_2, \langle a, b \rangle, \bigl( x \bigr), \|x\|"#,
        #"a \ne b, a \not\in B, x \xrightarrow[n]{f} y, \overset{!}{=}, \underset{x}{\min}"#,
        #"\int_0^1 f(x)\,dx, \sum\limits_i, \binom{n}{k}, \dfrac12, \substack{i \\ j}"#,
        #"\begin{array}{lr} 1 & 2 \\[2pt] 3 & 4 \\ \end{array}"#,
        #"损失 = a < b \& c \% \{1, \ldots, n\}, \text{5 \% <of> all}"#,
        #"_a^b, {}^2, \displaystyle \sum_i \textstyle x"#,
    ]

    /// Each of them as MathML.
    @Test func formulas() throws {
        let lines = Self.formulas.map { source in
            let formula = translated(source, isDisplayed: source.hasPrefix("\\begin"))
            #expect(formula.diagnostics == [], "\(source)")
            #expect(isWellFormed(formula.html.string), "\(source)")
            return "\(source)\n\(formula.html.string.replacing("><", with: ">\n<"))\n"
        }
        try expectGolden("formulas.txt", lines.joined(separator: "\n"))
    }

    /// What is not known is said at its own place, with a remedy.
    @Test func mistakes() throws {
        let sources = [
            #"\alhpa"#, #"中 \frobnicate{x}"#, #"\frac{a}"#, #"\frac"#, #"x^"#, #"x^a^b"#, #"x_a_b"#, #"{a"#,
            #"a}"#,
            #"\left( a"#, #"a \right)"#, #"\left a \right)"#, #"\begin{pmatrx} a & b \end{pmatrx}"#,
            #"\begin{cases} a"#, #"\begin{cases} a \end{matrix}"#, #"\end{matrix}"#, #"a & b"#, #"a \\ b"#,
            #"50% of"#, #"\sqrt"#, #"\text a"#, #"a \over b"#, #"\tag{1}"#, #"\newcommand{\x}{y}"#,
            #"\not a"#,
            #"\begin{array} 1 \end{array}"#, #"\begin{array}{l|r} 1 & 2 \end{array}"#, #"\begin"#, #"\"#,
            #"#1"#,
            #"\operatorname"#, #"\big x"#, #"\substack{a \\ b"#,
        ]
        let lines = sources.map { source in
            let formula = translated(source)
            #expect(!formula.diagnostics.isEmpty, "\(source)")
            #expect(isWellFormed(formula.html.string), "\(source)")
            return "\(source)\n"
                + formula.diagnostics.map { "  \($0.location): \($0.message); \($0.hint ?? "-")\n" }.joined()
        }
        try expectGolden("mistakes.txt", lines.joined())
    }

    @Test func placesAreExactOnEveryLine() {
        let lines = [Self.place, SourceLocation(file: "a.md", line: 8, column: 3)]
        let formula = MathML.render(TeX("损 + \\beta\nx \\gama", lines: lines), isDisplayed: true)
        #expect(formula.diagnostics.map(\.location.description) == ["a.md:8:5"])
        #expect(formula.diagnostics.map(\.hint) == ["did you mean '\\gamma'?"])
    }

    @Test func nothingInAFormulaIsMarkup() {
        let formula = translated(#"\text{<script>} < "x" & <b>"#)
        #expect(!formula.html.string.contains("<script>") && !formula.html.string.contains("<b>"))
        #expect(isWellFormed(formula.html.string))
    }

    @Test func deepNestingDoesNotExhaustTheStack() {
        let deep = String(repeating: "{", count: 20_000) + "x" + String(repeating: "}", count: 20_000)
        let formula = translated(deep)
        #expect(formula.diagnostics.map(\.message) == ["groups stand more than 100 deep in one another"])
    }

    /// Whether every element is closed, in the order of opening.
    private func isWellFormed(_ markup: String) -> Bool {
        var open: [Substring] = []
        for tag in markup.matches(of: #/<(/?)([a-z]+)[^<>]*>/#) {
            if tag.output.1.isEmpty {
                open.append(tag.output.2)
            } else if open.popLast() != tag.output.2 {
                return false
            }
        }
        return open.isEmpty
    }
}
