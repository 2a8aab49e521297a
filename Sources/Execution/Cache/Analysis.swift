internal import Foundation
public import Lessons
internal import Serialization
package import SwiftAnalysis
internal import Synchronization

/// SourceKit's answers on pieces of Swift, from the cache where there is one.
public final class Analysis: Sendable {
    /// The SourceKit of the toolchain, which is not asked what is known.
    let sourceKit: SourceKit
    /// The version of the compiler, such as `Swift 6.3.1`.
    public let compilerVersion: String
    private let cache: Cache?
    /// The builds of SourceKit and of this program, on which answers depend, too.
    private let builds: String
    /// The syntax of pieces, by their digests: texts are equal to Swift that have other bytes, and so other offsets.
    private let parsed = Mutex<[Digest: Syntax]>([:])
    /// The notes on names of libraries, by what they depend on.
    private let libraryNotes = Mutex<[Digest: LibraryNotes]>([:])

    private init(_ sourceKit: SourceKit, _ cache: Cache?, builds: String, compilerVersion: String) {
        (self.sourceKit, self.cache, self.builds) = (sourceKit, cache, builds)
        self.compilerVersion = compilerVersion
    }

    /// Makes the analysis of a toolchain.
    ///
    /// - Throws: `Diagnostic` of kind `setup`, if the toolchain has no SourceKit.
    package static func make(for toolchain: Toolchain, cache: Cache?) throws(Diagnostic) -> Analysis {
        let path = toolchain.sourceKit
        guard let stamp = FileStamp(of: path) else {
            throw Diagnostic(
                .error,
                .setup,
                at: SourceLocation(file: path),
                "there is no SourceKit",
                hint: "it comes with the toolchain from https://www.swift.org/install"
            )
        }
        // Another build of this program may make something else of the same answer.
        let program = Bundle.main.executableURL.flatMap { FileStamp(of: $0.path(percentEncoded: false)) }
        let builds = "\(stamp); \(program?.description ?? "")"
        let sourceKit = SourceKit(at: path)
        let key = Digest(of: builds)
        let known: String? = cache?.value(.version, for: key)
        let version = known ?? sourceKit.compilerVersion()
        if known == nil { try? cache?.store(version, as: .version, for: key) }
        return Analysis(sourceKit, cache, builds: builds, compilerVersion: version)
    }

    /// Returns the tokens of a piece of Swift, in their order, for coloring.
    ///
    /// Text that is no Swift gives the tokens that SourceKit can make of it.
    public func syntaxTokens(of code: String) -> [SyntaxToken] {
        (try? syntax(of: code))?.tokens ?? []
    }

    /// Parses a piece of Swift.
    package func parse(_ code: String) throws(SourceKitLibrary.Failure) -> ParsedCode {
        ParsedCode(code, try syntax(of: code))
    }

    /// Parses pieces of Swift that will be asked for, or takes them from the cache, which has them as one entry: so it is
    /// a file that is read, however many pieces there are.
    package func prepare(_ codes: [String]) {
        let digests = codes.map { Digest(of: $0) }
        let key = Digest(of: "\(builds)\n\(digests.map(\.text).joined(separator: "\n"))")
        let known: [Syntax]? = cache?.value(.syntax, for: key)
        if let known, known.count == codes.count {
            parsed.withLock { $0.merge(zip(digests, known)) { old, _ in old } }
            return
        }
        let new = codes.indices.filter { index in parsed.withLock { $0[digests[index]] == nil } }
        let syntaxes = sourceKit.parse(new.map { codes[$0] })
        let all = parsed.withLock { parsed in
            for (index, syntax) in zip(new, syntaxes) { parsed[digests[index]] = syntax }
            return digests.compactMap { parsed[$0] }
        }
        // Where they cannot be stored, the next build parses them again.
        if all.count == codes.count { try? cache?.store(all, as: .syntax, for: key) }
    }

    private func syntax(of code: String) throws(SourceKitLibrary.Failure) -> Syntax {
        let digest = Digest(of: code)
        if let known = parsed.withLock({ $0[digest] }) { return known }
        let key = Digest(of: "\(builds)\n\(digest.text)")
        let known: Syntax? = cache?.value(.syntax, for: key)
        let syntax = if let known { known } else { try sourceKit.parse(code) }
        if known == nil { try? cache?.store(syntax, as: .syntax, for: key) }
        parsed.withLock { $0[digest] = syntax }
        return syntax
    }
}

// MARK: - Notes on names

extension Analysis {
    /// Returns the notes on names of a library, to which all lessons add.
    func notes(on library: NotebookLibrary) throws -> LibraryNotes {
        let key = Digest(of: "\(builds)\n\(try library.engineVersion(memo: cache))\(library.own.version)")
        return libraryNotes.withLock { all in
            let notes = all[key] ?? cache?.value(.names, for: key) ?? LibraryNotes()
            all[key] = notes
            return notes
        }
    }

    /// Stores the notes on names of libraries that are new.
    func storeNotes() {
        for (key, notes) in libraryNotes.withLock({ $0 }) where notes.hasGrown() {
            // Where they cannot be stored, the next build asks for them again.
            try? cache?.store(notes, as: .names, for: key)
        }
    }
}
