/// The symbols of TeX's commands without arguments.
enum MathSymbols {
    /// Letters, Greek and Hebrew, and symbols that are set as letters.
    static let letters = table(
        """
        alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ
        varkappa ϰ lambda λ mu μ nu ν xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ
        upsilon υ phi ϕ varphi φ chi χ psi ψ omega ω digamma ϝ
        ell ℓ hbar ℏ imath ı jmath ȷ wp ℘ partial ∂ aleph ℵ
        """
    )

    /// Letters that TeX sets upright.
    static let upright = table(
        """
        Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω
        Re ℜ Im ℑ infty ∞ nabla ∇ emptyset ∅ varnothing ∅ forall ∀ exists ∃ nexists ∄ top ⊤ bot ⊥ angle ∠
        triangle △ square □ Box □ checkmark ✓ degree ° prime ′ % % # # $ $ & & _ _
        dots … ldots … cdots ⋯ vdots ⋮ ddots ⋱ dotsc … dotsb ⋯ S § P ¶ copyright ©
        """
    )

    /// Binary operators.
    static let binary = table(
        """
        pm ± mp ∓ times × div ÷ cdot ⋅ ast ∗ star ⋆ circ ∘ bullet ∙ oplus ⊕ ominus ⊖ otimes ⊗ odot ⊙ oslash ⊘
        cup ∪ cap ∩ sqcup ⊔ sqcap ⊓ uplus ⊎ setminus ∖ wedge ∧ land ∧ vee ∨ lor ∨ dagger † ddagger ‡ amalg ⨿
        diamond ⋄ wr ≀ bmod mod triangleleft ◁ triangleright ▷
        """
    )

    /// Relations and arrows.
    static let relations = table(
        """
        le ≤ leq ≤ ge ≥ geq ≥ leqslant ⩽ geqslant ⩾ ne ≠ neq ≠ approx ≈ equiv ≡ sim ∼ simeq ≃ cong ≅ propto ∝
        ll ≪ gg ≫ prec ≺ succ ≻ preceq ⪯ succeq ⪰ in ∈ notin ∉ ni ∋ subset ⊂ supset ⊃ subseteq ⊆ supseteq ⊇
        mid ∣ nmid ∤ parallel ∥ perp ⟂ models ⊨ vdash ⊢ dashv ⊣ asymp ≍ doteq ≐ triangleq ≜ coloneqq ≔ colon :
        lesssim ≲ gtrsim ≳ to → gets ← leftarrow ← rightarrow → leftrightarrow ↔ Leftarrow ⇐ Rightarrow ⇒
        Leftrightarrow ⇔ iff ⟺ implies ⟹ impliedby ⟸ mapsto ↦ longmapsto ⟼ longrightarrow ⟶ longleftarrow ⟵
        longleftrightarrow ⟷ uparrow ↑ downarrow ↓ updownarrow ↕ Uparrow ⇑ Downarrow ⇓ hookrightarrow ↪
        hookleftarrow ↩ nearrow ↗ searrow ↘ swarrow ↙ nwarrow ↖ rightharpoonup ⇀ leftharpoonup ↼
        rightleftharpoons ⇌ leadsto ⇝ vartriangleleft ⊲ vartriangleright ⊳
        """
    )

    /// Large operators with limits above and below.
    static let large = table(
        """
        sum ∑ prod ∏ coprod ∐ bigcup ⋃ bigcap ⋂ bigoplus ⨁ bigotimes ⨂ bigodot ⨀ bigvee ⋁ bigwedge ⋀ bigsqcup ⨆
        biguplus ⨄
        """
    )
    /// Large operators with limits beside them.
    static let integrals = table("int ∫ iint ∬ iiint ∭ oint ∮")

    /// Functions without limits.
    static let functions: Set<String> = [
        "sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh",
        "coth",
        "log", "ln", "lg", "exp", "dim", "ker", "arg", "deg", "hom",
    ]
    /// Functions with limits below them.
    static let limitFunctions: Set<String> = [
        "lim", "limsup", "liminf", "max", "min", "sup", "inf", "det", "gcd", "Pr", "argmax", "argmin",
    ]

    /// Opening delimiters, by command or character.
    static let opening = table(
        "( ( [ [ { { lbrace { lbrack [ langle ⟨ lvert | lVert ‖ lfloor ⌊ lceil ⌈ lgroup ⟮"
    )
    /// Closing delimiters, by command or character.
    static let closing = table(
        ") ) ] ] } } rbrace } rbrack ] rangle ⟩ rvert | rVert ‖ rfloor ⌋ rceil ⌉ rgroup ⟯"
    )
    /// Delimiters of either side, by command or character.
    static let eitherSide = table("| | / / vert | Vert ‖ backslash \\ < ⟨ > ⟩")

    /// Accents over a letter.
    static let accents = table(
        "hat ^ bar ¯ vec → dot ˙ ddot ¨ tilde ~ check ˇ breve ˘ acute ´ grave ` mathring ˚"
    )
    /// Accents as wide as the node below them.
    static let wideAccents = table(
        """
        widehat ^ widetilde ~ overline ¯ overrightarrow → overleftarrow ← overleftrightarrow ↔ overbrace ⏞
        """
    )
    /// Accents as wide as the node above them.
    static let wideUnders = table("underline _ underbrace ⏟ underrightarrow → underleftarrow ←")

    /// Arrows that carry labels. They are long ones: without a font for formulas, browsers lose one that should grow.
    static let arrows = table("xrightarrow ⟶ xleftarrow ⟵ xRightarrow ⟹ xLeftarrow ⟸ xmapsto ⟼")

    /// Gaps, in em.
    static let spaces: [String: Double] = [
        ",": 1.0 / 6, "thinspace": 1.0 / 6, ":": 2.0 / 9, ">": 2.0 / 9, "medspace": 2.0 / 9, ";": 5.0 / 18,
        "thickspace": 5.0 / 18, "!": -1.0 / 6, " ": 0.25, "enspace": 0.5, "quad": 1, "qquad": 2,
    ]

    /// The scales of `\big` and its kin, which `l`, `r` and `m` may follow.
    static let sizes: [String: Double] = ["big": 1.2, "Big": 1.8, "bigg": 2.4, "Bigg": 3]

    /// Relations with a stroke through them.
    static let negations: [String: String] = [
        "=": "≠", "∈": "∉", "≡": "≢", "∼": "≁", "≈": "≉", "⊂": "⊄", "⊆": "⊈", "<": "≮", ">": "≯", "≤": "≰",
        "≥": "≱",
        "∣": "∤", "∥": "∦", "→": "↛", "⇒": "⇏", "∃": "∄", "∋": "∌",
    ]

    /// Pairs of words, separated by blanks.
    private static func table(_ text: String) -> [String: String] {
        let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
        var table: [String: String] = [:]
        for index in stride(from: 0, to: words.count - 1, by: 2) { table[words[index]] = words[index + 1] }
        return table
    }
}
