internal import Lessons

extension Wording {
    /// The words in English.
    static let english = Wording(
        showCode: "Show the code",
        showData: "Data behind this figure",
        lessons: "All lessons",
        contents: "On this page",
        goals: "What you will learn",
        previous: "Previous",
        next: "Next",
        skipToText: "Skip to the text",
        switchTheme: "Light or dark",
        references: "References",
        downloads: "Downloads",
        source: "Lesson (Markdown)",
        program: "Program (Swift)",
        notFound: "There is no such page",
        notFoundAdvice:
            "The address may be misspelled, or the page may have moved. All lessons are on the first page.",
        glossary: "Glossary",
        glossarySummary: "The terms of all lessons, each with the place where it is defined.",
        search: "Search",
        noResult: "Nothing found",
        copy: "Copy",
        copied: "Copied",
        showShapes: "Show shapes",
        draft: "Draft",
        reference: "Reference",
        referenceSummary: "Every public type and function that lessons may use.",
        functions: "Functions",
        conformsTo: "Conforms to",
        lesson: { "Lesson \($0)" },
        part: { "Part \($0)" },
        authors: { names in
            "By " + (names.dropLast(2) + [names.suffix(2).joined(separator: " and ")]).joined(separator: ", ")
        },
        day: { year, month, day in
            let months = [
                "January", "February", "March", "April", "May", "June", "July", "August", "September",
                "October",
                "November", "December",
            ]
            return "\(day) \(months[month - 1]) \(year)"
        },
        readingTime: { "\($0) min read" },
        figure: { "Figure \($0)" },
        table: { "Table \($0)" },
        footnote: { "Note \($0)" },
        linkTo: { "Link to “\($0)”" },
        callout: { $0.rawValue.prefix(1).uppercased() + $0.rawValue.dropFirst() },
        members: { kind in
            switch kind {
            case .cases: "Cases"
            case .initializers: "Initializers"
            case .properties: "Properties"
            case .methods: "Methods"
            case .operators: "Operators"
            case .functions: "Functions"
            case .types: "Types"
            }
        },
        freshness: { by, cells in
            "Computed by \(by.engine) with \(by.compiler); \(cells) \(cells == 1 ? "cell" : "cells") checked."
        },
        live: LiveWording(
            run: "Run",
            reset: "Reset",
            play: "Play",
            pause: "Pause",
            frame: "Frame",
            working: "Working",
            same: "The same {} as at the build, to the bit.",
            alike: "The same as at the build, to the bit.",
            differs:
                "Not the same as at the build. Please tell the authors, with the line that “Copy” gives.",
            lacks: "This browser has no {}, which it takes to run this. The page is as it was built.",
            missing: "{} could not be loaded. The page is as it was built.",
            damaged: "{} is damaged. The page is as it was built.",
            other: "Page and program are of two builds. Load the page again in a minute.",
            stopped: "The run stopped: {}",
            endless: "The run gave no answer for {} s, and was stopped.",
            address: "The address names a state that is not here. It was left out.",
            letters: "It takes these characters: {}"
        )
    )
}
