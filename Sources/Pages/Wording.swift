/// What a page says on its own, in the reader's language.
package struct Wording: Sendable {
    package var showCode: String
    package var showData: String
    package var lessons: String
    package var contents: String
    package var previous: String
    package var next: String
    package var skipToText: String
    package var switchTheme: String
    package var references: String
    /// Says by what a page was computed, and how many cells that were.
    package var freshness: @Sendable (Provenance, _ cells: Int) -> String

    /// The words for a language tag such as `en` or `zh-Hans`; English where there are none.
    package init(language: String) {
        self = language.lowercased().split(separator: "-").first == "zh" ? .chinese : .english
    }
}

extension Wording {
    private init(
        showCode: String,
        showData: String,
        lessons: String,
        contents: String,
        previous: String,
        next: String,
        skipToText: String,
        switchTheme: String,
        references: String,
        freshness: @escaping @Sendable (Provenance, Int) -> String
    ) {
        self.showCode = showCode
        self.showData = showData
        self.lessons = lessons
        self.contents = contents
        self.previous = previous
        self.next = next
        self.skipToText = skipToText
        self.switchTheme = switchTheme
        self.references = references
        self.freshness = freshness
    }

    private static let english = Wording(
        showCode: "Show the code",
        showData: "Data behind this figure",
        lessons: "All lessons",
        contents: "On this page",
        previous: "Previous",
        next: "Next",
        skipToText: "Skip to the text",
        switchTheme: "Light or dark",
        references: "References",
        freshness: { by, cells in
            "Computed by \(by.engine) with \(by.compiler); \(cells) \(cells == 1 ? "cell" : "cells") checked."
        }
    )

    private static let chinese = Wording(
        showCode: "显示代码",
        showData: "图中数据",
        lessons: "全部课程",
        contents: "本页目录",
        previous: "上一课",
        next: "下一课",
        skipToText: "跳到正文",
        switchTheme: "浅色或深色",
        references: "参考文献",
        freshness: { by, cells in "由 \(by.engine) 和 \(by.compiler) 计算，已检查 \(cells) 个单元。" }
    )
}
