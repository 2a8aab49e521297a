import Lessons
import Pages
import Testing

/// Formulas as plain words.
@Suite struct MathWordsTests {
    @Test(arguments: [
        ("\\ln 4", "ln 4"), ("\\alpha_1^2", "α₁²"), ("\\|w\\|_2", "‖w‖₂"), ("10^{-3}", "10⁻³"),
        ("h_t = \\tanh(W x_t + U h_{t-1} + b)", "h_t = tanh(W x_t + U h_(t − 1) + b)"),
        ("\\frac{1}{T} \\sum_{t=1}^{T} (y_t - \\hat y_t)^2", "1/T ∑_(t = 1)^T (y_t − ŷ_t)²"),
        ("\\frac{a+b}{2}", "(a + b)/2"), ("\\sqrt{x}", "√x"), ("\\sqrt[3]{x+1}", "³√(x + 1)"),
        ("\\binom{n}{k}", "(n choose k)"), ("-x \\cdot -1", "−x ⋅ −1"), ("x \\to \\infty", "x → ∞"),
        ("\\max_{i} x_i", "max_i x_i"), ("\\mathbb{R}^n", "ℝ^n"), ("e^{-x}", "e^(−x)"),
        ("\\text{loss} < 5\\%", "loss < 5%"), ("\\begin{matrix} a & b \\\\ c & d \\end{matrix}", "a b; c d"),
        ("f'(x), y", "f′(x), y"), ("\\left( \\frac{a}{b} \\right)^2", "(a/b)²"), ("\\vec{xy}", "xy"),
        ("", ""),
    ])
    func areReadable(tex: String, words: String) {
        #expect(TeX(tex, lines: []).words == words)
    }

    /// No command, no brace and no dollar sign is left of any formula that the tests know.
    @Test func holdNoTeX() throws {
        for formula in MathMLTests.formulas {
            let words = TeX(formula, lines: []).words
            #expect(!words.contains("\\") || formula.contains("backslash"), "\(formula): \(words)")
            #expect(!words.contains("  "), "\(formula): \(words)")
        }
    }
}
