internal import Foundation
package import Lessons

/// The engine that live programs link in the browser, or why there is none.
package enum BrowserSupport: Sendable {
    /// It is there.
    case ready(Parts)
    /// This machine cannot make it: it says what is missing.
    case missing(String)

    /// What makes modules for the browser.
    package struct Parts: Sendable {
        let compiler: BrowserCompiler
    }
}

extension LessonRunner {
    /// Compiles the engine for the browser, unless that was done before, which takes minutes.
    ///
    /// - Throws: `Diagnostic` of kind `setup`, if it does not compile.
    package func browserSupport() async throws(Diagnostic) -> BrowserSupport {
        do throws(BrowserEngine.Failure) {
            let engine = try await BrowserEngine.compile(beside: library, by: toolchain)
            return .ready(
                BrowserSupport.Parts(compiler: BrowserCompiler(toolchain: toolchain, engine: engine))
            )
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
        by parts: BrowserSupport.Parts
    ) async -> (build: LiveBuild?, diagnostics: [Diagnostic]) {
        do {
            let scratch = try ScratchFolder(in: cache?.scratch)
            defer { scratch.remove() }
            return await parts.compiler.compile(
                program.browser,
                key: program.key,
                with: program.values,
                of: lesson,
                in: scratch.url
            )
        } catch {
            let place = SourceLocation(file: lesson.file)
            return (nil, [Diagnostic(.error, .setup, at: place, "its live part could not be made: \(error)")])
        }
    }
}

extension LessonRunner {
    /// Finds what runs modules as a page does; `nil` where this machine has no node that is new enough.
    package func moduleRunner() async -> ModuleRunner? { await ModuleRunner.find(beside: library) }
}
