internal import Foundation
package import Lessons

/// The compiler of live programs for the browser, or why there is none.
package enum BrowserSupport: Sendable {
    /// It is there.
    case ready(BrowserCompiler)
    /// This machine cannot make it: it says what is missing.
    case missing(String)
}

extension LessonRunner {
    /// Compiles the engine for the browser, unless that was done before, which takes a minute or two.
    ///
    /// - Throws: `Diagnostic` of kind `setup`, if it does not compile.
    package func browserSupport() async throws(Diagnostic) -> BrowserSupport {
        do throws(BrowserEngine.Failure) {
            let engine = try await BrowserEngine.compile(beside: library, by: toolchain)
            return .ready(BrowserCompiler(toolchain: toolchain, engine: engine))
        } catch {
            switch error {
            case .missing(let what): return .missing(what)
            case .broken(let diagnostic): throw diagnostic
            }
        }
    }

    /// Makes the module of a lesson's live cells for the browser.
    ///
    /// - Returns: What was made; `nil` with the reasons, at the lesson's own places.
    package func makeModule(
        of program: LiveProgram,
        in lesson: Lesson,
        by compiler: BrowserCompiler
    ) async -> (build: LiveBuild?, diagnostics: [Diagnostic]) {
        do {
            let scratch = try ScratchFolder(in: cache?.scratch)
            defer { scratch.remove() }
            let own = try await compiler.compile(program.sources, in: library.own.root, cache: cache)
            guard own.errors.isEmpty else { return (nil, own.errors) }
            var made = await compiler.compile(
                program.browser,
                key: program.key,
                with: program.values,
                of: lesson,
                importing: own.folders,
                in: scratch.url
            )
            if library.own.package != nil {
                for index in made.diagnostics.indices
                where made.diagnostics[index].message.hasSuffix("is not there in the browser") {
                    made.diagnostics[index].hint =
                        "packages are not there: mark the cell built, or move what it needs to a folder of sources:"
                }
            }
            return made
        } catch {
            let place = SourceLocation(file: lesson.file)
            let message = "its live part could not be made: \(error.systemReason)"
            return (nil, [Diagnostic(.error, .setup, at: place, message)])
        }
    }

    /// Finds what runs modules as a page does; `nil` where this machine has no node that is new enough.
    package func moduleRunner() async -> ModuleRunner? { await ModuleRunner.find(beside: library) }
}
