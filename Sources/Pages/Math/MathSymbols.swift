/// What TeX's commands without arguments stand for.
enum MathSymbols {
    /// Letters: Greek, Hebrew, and those that are set as letters.
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

    /// Signs between two things, with space around them.
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

    /// Large operators; those of the second table have their limits beside them.
    static let large = table(
        """
        sum ∑ prod ∏ coprod ∐ bigcup ⋃ bigcap ⋂ bigoplus ⨁ bigotimes ⨂ bigodot ⨀ bigvee ⋁ bigwedge ⋀ bigsqcup ⨆
        biguplus ⨄
        """
    )
    static let integrals = table("int ∫ iint ∬ iiint ∭ oint ∮")

    /// Functions; those of the second list have their limits below them.
    static let functions: Set<String> = [
        "sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh",
        "coth",
        "log", "ln", "lg", "exp", "dim", "ker", "arg", "deg", "hom",
    ]
    static let limitFunctions: Set<String> = [
        "lim", "limsup", "liminf", "max", "min", "sup", "inf", "det", "gcd", "Pr", "argmax", "argmin",
    ]

    /// Delimiters by the command, or the character, that names them.
    static let opening = table(
        "( ( [ [ { { lbrace { lbrack [ langle ⟨ lvert | lVert ‖ lfloor ⌊ lceil ⌈ lgroup ⟮"
    )
    static let closing = table(
        ") ) ] ] } } rbrace } rbrack ] rangle ⟩ rvert | rVert ‖ rfloor ⌋ rceil ⌉ rgroup ⟯"
    )
    static let eitherSide = table("| | / / vert | Vert ‖ backslash \\ < ⟨ > ⟩")

    /// Accents: what stands over a letter, and whether it is as wide as what it stands over.
    static let accents = table(
        "hat ^ bar ¯ vec → dot ˙ ddot ¨ tilde ~ check ˇ breve ˘ acute ´ grave ` mathring ˚"
    )
    static let wideAccents = table(
        """
        widehat ^ widetilde ~ overline ¯ overrightarrow → overleftarrow ← overleftrightarrow ↔ overbrace ⏞
        """
    )
    static let wideUnders = table("underline _ underbrace ⏟ underrightarrow → underleftarrow ←")

    /// Arrows with words on them. They are long ones: without a font for formulas, browsers lose one that should grow.
    static let arrows = table("xrightarrow ⟶ xleftarrow ⟵ xRightarrow ⟹ xLeftarrow ⟸ xmapsto ⟼")

    /// Gaps, in em.
    static let spaces: [String: Double] = [
        ",": 1.0 / 6, "thinspace": 1.0 / 6, ":": 2.0 / 9, ">": 2.0 / 9, "medspace": 2.0 / 9, ";": 5.0 / 18,
        "thickspace": 5.0 / 18, "!": -1.0 / 6, " ": 0.25, "enspace": 0.5, "quad": 1, "qquad": 2,
    ]

    /// The size of `\big` and its kin, with `l`, `r` and `m` after them.
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
