import Foundation
import Lessons
import Pages
import Testing

/// Templates of an author, and what is said of them.
private struct Wrong: Sendable, CustomTestStringConvertible {
    var files: [String: String]
    /// Place and message, one for each, in order.
    var says: [String]
    /// How the first hint begins.
    var hint: String

    init(_ files: [String: String], _ says: String..., hint: String) {
        (self.files, self.says, self.hint) = (files, says, hint)
    }

    init(_ lesson: String, _ says: String..., hint: String) {
        // A page without its text would be one more trouble.
        files = ["lesson": lesson + "\n{{{body}}}"]
        (self.says, self.hint) = (says, hint)
    }

    var testDescription: String { says.first ?? "" }

    static let recursions = [
        Wrong(
            "{{>lesson}}",
            "lesson:1:1: the template includes itself: lesson → lesson",
            hint: "take {{>lesson}} out"
        ),
        Wrong(
            ["footer": "<p>é</p>{{>lesson}}"],
            "footer:1:9: the template includes itself: lesson → footer → lesson",
            hint: "take {{>lesson}} out of one of them"
        ),
        Wrong(
            ["footer": "{{>a}}", "a": "\n {{#summary}}{{>b}}{{/summary}}", "b": "{{>a}}"],
            "b:1:1: the template includes itself: a → b → a",
            hint: "take {{>a}} out"
        ),
        Wrong(
            ["glossary": "{{#terms}}{{>term}}{{/terms}}", "term": "{{<term}}{{$x}}{{/x}}{{/term}}"],
            "term:1:1: the template includes itself: term → term",
            hint: "take"
        ),
        Wrong(
            ["lesson": "{{<page}}{{$x}}{{{body}}}{{$x}}{{/x}}{{/x}}{{/page}}", "page": "{{$x}}{{/x}}"],
            "lesson:1:26: the block 'x' includes itself",
            hint: "take {{$x}} out"
        ),
    ]

    static let names = [
        Wrong("{{titel}}", "lesson:1:1: there is no field 'titel' here", hint: "did you mean 'title'?"),
        Wrong(
            "循环 {{ site.titel }}",
            "lesson:1:4: 'site' has no field 'titel'",
            hint: "did you mean 'title'?"
        ),
        Wrong(
            "{{#hasGoal}}x{{/hasGoal}}",
            "lesson:1:1: there is no field 'hasGoal' here",
            hint: "did you mean 'hasGoals'?"
        ),
        Wrong(
            "{{^nothing}}x{{/nothing}}",
            "lesson:1:1: there is no field 'nothing' here",
            hint: "there are: "
        ),
        Wrong(
            "{{#previous}}{{titel}}{{/previous}}",
            "lesson:1:14: there is no field 'titel' here",
            hint: "did you mean 'title'?"
        ),
        Wrong(
            "{{#previous}}{{.summary}}{{/previous}}",
            "lesson:1:14: there is no field 'summary' here",
            hint: "there are: heading, href, title"
        ),
        Wrong(
            "{{#goals}}{{.text}}{{/goals}}",
            "lesson:1:11: there is no field 'text' here",
            hint: "it has none"
        ),
        Wrong("{{say.nxt}}", "lesson:1:1: 'say' has no field 'nxt'", hint: "did you mean 'next'?"),
        Wrong("{{terms}}", "lesson:1:1: there is no field 'terms' here", hint: "there are:"),
        Wrong(
            "{{uppercase(title)}}",
            "lesson:1:1: Mustache has no transform 'uppercase'",
            hint: "did you mean 'uppercased'?"
        ),
        Wrong("{{>heed}}", "lesson:1:1: the theme has no part 'heed'", hint: "did you mean 'head'?"),
        Wrong(
            "{{>nope}}",
            "lesson:1:1: the theme has no part 'nope'",
            hint: "write it into theme/nope.mustache"
        ),
        Wrong(
            ["footer": "{{>stamp}}\n{{foo}}", "stamp": "{{bar}}"],
            "footer:2:1: there is no field 'foo' here",
            "stamp:1:1: there is no field 'bar' here",
            hint: "there are"
        ),
        Wrong("{{goals}}", "lesson:1:1: goals is a list", hint: "write {{#goals}}{{{.}}}{{/goals}}"),
        Wrong(
            "{{next}}",
            "lesson:1:1: next has fields of its own, and is no text",
            hint: "write {{#next}}{{title}}{{/next}}"
        ),
        Wrong(
            "{{hasGoals}}",
            "lesson:1:1: hasGoals says only whether",
            hint: "write {{#hasGoals}}…{{/hasGoals}}"
        ),
        Wrong(
            "{{>*title}}",
            "lesson:1:1: a part is named in the template, not by what a field says",
            hint: "write {{>head}}"
        ),
    ]

    static let losses = [
        Wrong(
            ["lesson": ""],
            "lesson:1: the template 'lesson' does not always show {{{body}}}, without which its pages are empty",
            hint: "write {{{body}}}"
        ),
        Wrong(
            ["lesson": "<!DOCTYPE html>\n{{>head}}"],
            "lesson:1:1: the template 'lesson' does not always show {{{body}}}, without which its pages are empty",
            hint: "write {{{body}}}"
        ),
        Wrong(
            ["lesson": "{{body}}"],
            "lesson:1:1: body is HTML, whose marks two braces would show",
            hint: "write {{{body}}}"
        ),
        Wrong(
            ["lesson": "{{#hasGoals}}{{{body}}}{{/hasGoals}}"],
            "lesson:1:1: the template 'lesson' does not always show {{{body}}}, without which its pages are empty",
            hint: "write {{{body}}} outside of all sections"
        ),
        Wrong(
            ["index": "{{{body}}}"],
            "index:1:1: the template 'index' does not always show {{#entries}}…{{/entries}}, without which its pages are empty",
            hint: "write {{#entries}}"
        ),
        Wrong(
            ["index": "{{#entries}}{{title}}{{/entries}}"],
            "index:1:1: the template 'index' does not always show {{{body}}}, without which its pages are empty",
            hint: "write {{{body}}}, which is the text of index.md"
        ),
        Wrong(
            ["glossary": "{{title}}"],
            "glossary:1:1: the template 'glossary' does not always show {{#terms}}…{{/terms}}, without which its pages are empty",
            hint: "write {{#terms}}"
        ),
        Wrong(
            ["reference": "{{title}}"],
            "reference:1:1: the template 'reference' does not always show {{{body}}}, without which its pages are empty",
            hint: "write {{{body}}}"
        ),
    ]

    static let syntax = [
        Wrong("a\r\n\r\n  {{title", "lesson:3:3: this tag is never closed", hint: "end it with }}"),
        Wrong(
            "é\n{{#goals}}\n",
            "lesson:2:1: the section 'goals' is never closed",
            hint: "close it with {{/goals}}"
        ),
        Wrong(
            "{{#goals}}\n{{/gaols}}",
            "lesson:2:1: {{/gaols}} stands where 'goals' is open, since line 1",
            hint: "write {{/goals}} before it"
        ),
        Wrong(
            "{{#goals}}{{#site}}\n{{/goals}}",
            "lesson:2:1: {{/goals}} stands where 'site' is open, since line 1",
            hint: "write {{/site}} before it"
        ),
        Wrong(
            "x{{/goals}}",
            "lesson:1:2: {{/goals}} closes a section that was never opened",
            hint: "open it with {{#goals}}"
        ),
        Wrong(
            "{{my title}}",
            "lesson:1:1: 'my title' is no name: one is made of a–z, A–Z, 0–9, _ and -",
            hint: "write {{title}}"
        ),
        Wrong(
            "{{titré}}",
            "lesson:1:1: 'titré' is no name: one is made of a–z, A–Z, 0–9, _ and -",
            hint: "write {{title}}"
        ),
        Wrong("{{}}", "lesson:1:1: this tag names nothing", hint: "name a field"),
        Wrong(
            "{{{title}}",
            "lesson:1:1: three braces open this tag, and two close it",
            hint: "close it with }}}"
        ),
        Wrong("{{=<%}}", "lesson:1:1: this sets no braces", hint: "write {{=<% %>=}}"),
        Wrong(
            "x {{% COLOR: red}}",
            "lesson:1:3: this sets nothing that Mustache knows",
            hint: "write {{% CONTENT_TYPE: HTML}}"
        ),
        Wrong(
            "{{<head}}{{title}}{{/head}}",
            "lesson:1:28: between {{<part}} and {{/part}} stand nothing but blocks",
            hint: "write {{$name}}"
        ),
    ]
}

@Suite("Templates of an author") struct TemplateCheckTests {
    /// The standard theme with these templates in the place of its own, and what is said of them.
    private func theme(_ templates: [String: String]) -> (Theme, [Diagnostic]) {
        let files = templates.map { ("\($0).mustache", Array($1.utf8)) }
        return Theme.standard.overridden(by: Dictionary(uniqueKeysWithValues: files))
    }

    @Test(
        "are refused where they go wrong",
        arguments: [Wrong.recursions, Wrong.names, Wrong.losses, Wrong.syntax].flatMap(\.self)
    )
    private func refused(wrong: Wrong) throws {
        let found = theme(wrong.files).1
        #expect(
            found.map { "\($0.shownLocation): \($0.message)" }
                == wrong.says.map { "theme/\($0.replacing(/^\w+/) { "\($0.output).mustache" })" }
        )
        #expect(found.first?.hint?.hasPrefix(wrong.hint) == true, "\(found.first?.hint ?? "")")
        #expect(
            found.allSatisfy { $0.kind == .settings && $0.sourceLine != nil || wrong.files["lesson"] == "" }
        )
    }

    private static let right = [
        [
            "lesson":
                "{{#contents}}{{index()}} {{#first()}}{{uppercased(title)}}{{/first()}} {{site.title}}{{/contents}}{{{body}}}"
        ],
        [
            "lesson":
                "{{count(goals)}} {{#empty(goals)}}none{{/empty(goals)}} {{#first(contents)}}{{title}}{{/first(contents)}}{{&body}}"
        ],
        ["lesson": "{{! {titel} }}{{=<% %>=}}<% title %><%& body %><%={{ }}=%>{{title}}"],
        [
            "lesson": "{{#hasGoals}}{{{body}}}{{/hasGoals}}{{^hasGoals}}{{>plain}}{{/hasGoals}}",
            "plain": "{{{body}}}",
        ],
        [
            "lesson": "{{<page}}{{$main}}<i>{{{body}}}</i>{{/main}}{{/page}}",
            "page": "{{title}}{{$main}}{{/main}}{{$end}}{{>footer}}{{/end}}",
        ],
        // A part may use what only some pages have, and one that nobody uses may use anything.
        [
            "footer": "{{#readingTime}}{{.}}{{/readingTime}}{{#terms}}{{id}}{{/terms}}",
            "unused": "{{whatever}}",
        ],
        ["glossary": "{{#terms}}{{title}}: {{{meaning}}} {{say.next}} {{summary}}{{/terms}}"],
        ["lesson": "{{% CONTENT_TYPE: TEXT}}{{body}}"],
    ]

    @Test("are taken where all is well", arguments: right) func taken(templates: [String: String]) throws {
        let (theme, diagnostics) = theme(templates)
        #expect(diagnostics == [])
        let site = Site.render(
            Sample.settings,
            lessons: [Sample.finished],
            theme: theme,
            highlight: Sample.highlight
        )
        let page = try #require(site.files.first { $0.path == "02-by-hand.html" })
        #expect(String(decoding: page.contents, as: UTF8.self).contains("A recurrent network reads a series"))
    }

    @Test("of Unroll's own are well") func standard() {
        #expect(Theme.standard.diagnostics == [])
    }

    @Test("find in a thing of a list nothing of what is around") func lists() throws {
        let (theme, diagnostics) = theme([
            "index":
                "{{{body}}}{{#entries}}[{{title}}:{{summary}}{{#summary}}!{{/summary}}{{^number}}-{{/number}}]{{/entries}}"
        ])
        #expect(diagnostics == [])
        var silent = Sample.finished
        silent.lesson.frontMatter.summary = ""
        silent.lesson.slug = "by-hand"
        let site = Site.render(
            Sample.settings,
            lessons: [silent],
            theme: theme,
            highlight: Sample.highlight
        )
        let page = try #require(site.files.first { $0.path == "index.html" })
        #expect(String(decoding: page.contents, as: UTF8.self) == "[A network by hand:-]")
        let standard = Site.render(Sample.settings, lessons: [silent], highlight: Sample.highlight)
        let index = try #require(standard.files.first { $0.path == "index.html" })
        let text = String(decoding: index.contents, as: UTF8.self)
        #expect(text.contains("<p class=\"summary\">Lessons in which"))
        #expect(!text.contains("</a><p>Lessons in which"))
    }

    @Test("may leave out the footer, and keep the search") func search() throws {
        let theme = theme(["footer": "<footer>{{title}}</footer>"]).0
        let site = Site.render(
            Sample.settings,
            lessons: [Sample.finished],
            theme: theme,
            highlight: Sample.highlight
        )
        for path in ["index.html", "02-by-hand.html", "404.html"] {
            let page = try #require(site.files.first { $0.path == path })
            #expect(String(decoding: page.contents, as: UTF8.self).contains("<dialog class=\"finder\""))
        }
    }
}
