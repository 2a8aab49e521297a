/// The errors, by the part of a lesson in which they are.
extension Seed {
    static let all = frontMatter + info + names + expressions + fences + markdown

    private static let title = "title: A wave that predicts itself\n"

    static let frontMatter: [Seed] = [
        Seed("front-matter-missing", "---\n" + title, title),
        Seed("front-matter-late", "---\n" + title, "\n\n---\n" + title),
        Seed("front-matter-open", "---\n\n# A wave", "\n# A wave"),
        Seed("title-missing", title, ""),
        Seed("title-misspelled", title, "tilte: A wave that predicts itself\n"),
        Seed("title-empty", title, "title:\n"),
        Seed("title-null", title, "title: ~\n"),
        Seed("title-of-two-lines", title, "title: |\n  A wave\n  that predicts itself\n"),
        Seed("title-with-colon", title, "title: A wave: it predicts itself\n"),
        Seed("title-with-full-width-colon", title, "title：A wave\n"),
        Seed("title-twice", title, title + title),
        Seed("title-a-list", title, "title: [a, b]\n"),
        Seed("title-with-expression", title, "title: A loss of `{swift} loss`\n"),
        Seed("title-with-open-formula", title, "title: A rate of $\\alpha\n"),
        Seed("title-with-footnote", title, "title: A wave[^1]\n"),
        Seed("tags-a-text", "tags: [sine, forecast]", "tags: sine, forecast"),
        Seed("tags-twice", "tags: [sine, forecast]", "tags: [sine, forecast, sine]"),
        Seed("tags-open", "tags: [sine, forecast]", "tags: [sine, forecast"),
        Seed("tag-a-list", "tags: [sine, forecast]", "tags: [波, [sine], forecast]"),
        Seed("key-unknown", "tags:", "author: me\ntags:"),
        Seed("key-upper-case", "summary:", "Summary:"),
        Seed("key-without-space", "tags: [sine, forecast]", "tags:[sine, forecast]"),
        Seed("tab-indented", "  - \"Jeff", "\t- \"Jeff"),
        Seed("quote-open", "1990\"\n", "1990\n"),
        Seed("value-starts-with-at", "summary: A network", "summary: @network"),
        Seed("tolerance-word", "tags:", "tolerance: small\ntags:"),
        Seed("tolerance-too-great", "tags:", "tolerance: 2\ntags:"),
        Seed("timeout-without-unit", "tags:", "timeout: 10\ntags:"),
        Seed("data-a-text", "tags:", "data: data/names.txt\ntags:"),
        Seed("data-absolute", "tags:", "data: [/etc/passwd]\ntags:"),
        Seed("data-outside", "tags:", "data: [\"data/a.txt\", data/../../b.txt]\ntags:"),
        Seed("data-at-home", "tags:", "data:\n  - ~/b.txt\ntags:"),
        Seed("data-with-backslash", "tags:", "data: [data\\b.txt]\ntags:"),
        Seed("data-twice", "tags:", "data: [a.txt, a.txt]\ntags:"),
        Seed("timeout-too-long", "tags:", "timeout: 90m\ntags:"),
    ]

    static let info: [Seed] = [
        Seed("option-unknown", "model hidden", "model invisible"),
        Seed("option-misspelled", "folded", "foldde"),
        Seed("option-twice", "folded", "folded folded"),
        Seed("option-with-comma", "name=data", "name=data, hidden,"),
        Seed("option-after-comma", "folded", "hidden, folded"),
        Seed("option-with-value", "folded", "folded=true"),
        Seed("option-without-value", " name=data", " name"),
        Seed("option-without-name", "folded", "=folded"),
        Seed("option-spaced", "caption=\"Loss", "caption = \"Loss"),
        Seed("option-empty", "caption=\"Loss while training\"", "caption=\" \""),
        Seed("option-unquoted", "caption=\"Loss while training\"", "caption=Loss when training"),
        Seed("option-single-quoted", "\"Loss while training\"", "'Loss'"),
        Seed("option-curly-quoted", "\"Loss while training\"", "“Loss”"),
        Seed("quote-never-closed", "training\" folded", "training folded"),
        Seed("quote-not-followed-by-space", "training\" folded", "training\"folded"),
        Seed("hidden-and-folded", "model hidden", "model hidden folded"),
        Seed("hidden-and-quiet", "model hidden", "model hidden quiet"),
        Seed("quiet-and-caption", " folded", " quiet"),
        Seed("fails-and-crashes", "name=data", "name=data fails=\"a\" crashes=\"b\""),
        Seed("fails-and-timeout", "name=data", "name=data timeout=1s fails=\"a\""),
        Seed("built-and-fails", "name=data", "name=data built fails=\"no\""),
        Seed("built-and-volatile", "name=data", "name=data volatile built"),
        Seed("volatile-and-tolerance", "name=data", "name=data volatile tolerance=1e-5"),
        Seed("tolerance-not-a-number", "name=data", "name=data tolerance=1e-x"),
        Seed("timeout-not-a-time", "name=data", "name=data timeout=10"),
        Seed("chinese-before-the-option", "Loss while training\" folded", "训练时的损失\" foldd"),
        Seed("tab-before-the-option", " folded", "\t\tfoldd"),
        Seed("model-misspelled", "swift model name=data", "swift modle name=data"),
        Seed("model-missing", "swift model name=data", "swift name=data"),
        Seed("model-with-comma", "swift model name=data", "swift,model name=data"),
        Seed("model-in-braces", "swift model hidden", "{swift model} hidden"),
        Seed("swift-upper-case", "swift model hidden", "Swift Model hidden"),
    ]

    static let names: [Seed] = [
        Seed("name-twice", "model hidden", "model name=train hidden"),
        Seed("name-upper-case", "name=train", "name=Train"),
        Seed("name-with-underscore", "name=train", "name=train_loss"),
        Seed("name-chinese", "name=train", "name=训练"),
        Seed("name-empty", "name=train", "name="),
        Seed("name-of-the-page", "name=train", "name=references"),
        Seed("name-of-a-footnote", "name=train", "name=footnote-2"),
        Seed("name-by-number-taken", "name=data", "name=cell-3"),
    ]

    static let expressions: [Seed] = [
        Seed("expression-empty", "and the end.", "and `{swift} `."),
        Seed("expression-without-space", "and the end.", "and 损失 ``{swift}losses.last!``."),
        Seed("expression-upper-case", "and the end.", "and `{Swift} losses.last!`."),
        Seed("expression-of-two-lines", "and the end.", "and `{swift} losses\n.last!`."),
        Seed("expression-in-a-heading", "# A wave", "# A `{swift} losses.count` wave"),
        Seed("expression-in-an-image", "and the end.", "and ![the `{swift} x`](a.png)."),
    ]

    private static let end = "and the end."

    static let markdown: [Seed] = [
        Seed("link-without-text", end, "[](02-next.md)"),
        Seed("link-with-blank-text", end, "[*\u{200B}* ](02-next.md)"),
        Seed("footnote-in-a-link", end, "[next[^1]](02-next.md)\n\n[^1]: Said."),
        Seed("image-without-text", end, "![](a.png)"),
        Seed("figure-of-a-hidden-cell", end, "[](#cell-3)"),
        Seed("formula-open", end, "and $\\alpha"),
        Seed("formula-with-blanks", end, "and $ \\alpha $."),
        Seed("formula-touched", end, "and 损失$\\alpha$5."),
        Seed("formula-empty", end, "and $$ $$."),
        Seed("formula-displayed-and-open", end, "\n\n$$\na\n\nb\n$$"),
        Seed("formula-displayed-in-a-heading", "# A wave", "# A $$x$$ wave"),
        Seed("table-with-too-many-cells", end, "\n\n| a | b |\n|--|--|\n| 1 | 2 | 3 |"),
        Seed("table-with-a-wrong-rule", end, "\n\n| a | b |\n|--|--|--|\n| 1 | 2 |"),
        Seed("table-with-a-pipe-in-code", end, "\n\n| a | b |\n|--|--|\n| `x || y` | 2 |"),
        Seed("footnote-missing", end, "and[^elmen].\n\n[^elman]: Note.[^elman]"),
        Seed("footnote-twice", end, "and[^a].\n\n[^a]: One.\n[^a]: Two."),
        Seed("footnote-empty", end, "and[^a].\n\n[^a]:\n\nText."),
        Seed("footnote-with-a-cell", end, "and[^a].\n\n[^a]: One.\n\n    ```swift model\n    ```\n"),
        Seed("callout-unknown", end, "\n\n> [!EXCERCISE] Do\n> this"),
        Seed("definition-below-two-lines", end, "\n\na\nb\n: c"),
        Seed("term-defined-twice", end, "\n\nGate\n: a\n\n*gate*\n: b"),
        Seed("quotes-too-deep", end, "\n\n" + String(repeating: "> ", count: 300) + "x"),
    ]

    static let fences: [Seed] = [
        Seed("fence-open-at-the-end", "See [Elman]", "~~~swift\nSee [Elman]"),
        Seed("fence-open-in-a-list", "Float] = []\n   ```", "Float] = []"),
        Seed("fence-open-in-a-quote", "> print(wave.count)\n> ```", "> print(wave.count)"),
        Seed("fence-swallows-a-cell", "/ 5) }\n```", "/ 5) }"),
        Seed("fence-with-a-backtick", "\"Loss while training\"", "\"Loss of `train`\""),
    ]
}
