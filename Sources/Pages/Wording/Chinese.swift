internal import Lessons

extension Wording {
    /// The words in Simplified Chinese.
    static let chinese = Wording(
        showCode: "显示代码",
        showData: "图中数据",
        lessons: "全部课程",
        contents: "本页目录",
        goals: "你将学到",
        previous: "上一课",
        next: "下一课",
        skipToText: "跳到正文",
        switchTheme: "浅色或深色",
        references: "参考文献",
        downloads: "下载",
        source: "课程原文（Markdown）",
        program: "程序（Swift）",
        notFound: "没有这个页面",
        notFoundAdvice: "地址可能有误，或页面已移动。首页列有全部课程。",
        glossary: "术语表",
        glossarySummary: "全部课程的术语，附其定义之处。",
        search: "搜索",
        noResult: "没有结果",
        copy: "复制",
        copied: "已复制",
        showShapes: "显示形状",
        draft: "草稿",
        reference: "参考",
        referenceSummary: "课程可用的全部公开类型和函数。",
        functions: "函数",
        conformsTo: "遵循",
        lesson: { "第 \($0) 课" },
        part: { "第 \($0) 部分" },
        authors: { "作者：" + $0.joined(separator: "、") },
        day: { year, month, day in "\(year)年\(month)月\(day)日" },
        readingTime: { "阅读约 \($0) 分钟" },
        figure: { "图 \($0)" },
        table: { "表 \($0)" },
        footnote: { "注 \($0)" },
        linkTo: { "“\($0)”的链接" },
        callout: { callout in
            switch callout {
            case .note: "说明"
            case .tip: "提示"
            case .important: "重要"
            case .warning: "注意"
            case .caution: "警告"
            case .exercise: "练习"
            case .solution: "解答"
            }
        },
        members: { kind in
            switch kind {
            case .cases: "枚举值"
            case .initializers: "初始化"
            case .properties: "属性"
            case .methods: "方法"
            case .operators: "运算符"
            case .functions: "函数"
            case .types: "类型"
            }
        },
        freshness: { by, cells in "由 \(by.engine) 和 \(by.compiler) 计算，已检查 \(cells) 个单元。" },
        live: LiveWording(
            run: "运行",
            reset: "复原",
            play: "播放",
            pause: "暂停",
            frame: "帧",
            working: "正在计算",
            same: "结果 {} 与构建时逐位相同。",
            alike: "与构建时逐位相同。",
            differs: "与构建时不同。请用“复制”得到的一行告知作者。",
            lacks: "此浏览器没有运行所需的 {}。页面保持构建时的样子。",
            missing: "无法载入 {}。页面保持构建时的样子。",
            damaged: "{} 已损坏。页面保持构建时的样子。",
            other: "页面与程序来自两次构建。请稍后重新载入页面。",
            stopped: "运行中止：{}",
            endless: "运行 {} 秒没有结果，已停止。",
            address: "地址中的状态在此不存在，已忽略。",
            letters: "只接受这些字符：{}"
        )
    )
}
