internal import Foundation

/// The system's loader, which finds the shared libraries of a program.
enum Loader {
    /// A file, and the path under which a program asks for it.
    typealias File = (file: String, place: String)

    /// The loader itself and the shared libraries that a program needs, as the loader says.
    ///
    /// This process's own is asked, whichever the program names: nothing of the program runs.
    ///
    /// - Throws: `Failure` where there is no loader to ask, or it cannot find a library.
    static func files(for executable: String) async throws -> [File] {
        guard let loader else { throw Failure(description: "the system's loader was not found") }
        // As little as the program itself it knows of folders that only this process's environment names.
        let question = ChildProcess(executable: loader, arguments: ["--list", executable], environment: [:])
        let answer = try await question.run()
        guard answer.isSuccess else {
            throw Failure(
                description: answer.errors.split(separator: "\n").first.map(String.init) ?? "no answer"
            )
        }
        let libraries = answer.output.split(separator: "\n").compactMap(path).map { ($0, $0) }
        return libraries + (interpreter(of: executable).map { [(loader, $0)] } ?? [])
    }

    /// The path of the loader that a program names, in its program header of that kind; see `elf.h`.
    private static func interpreter(of executable: String) -> String? {
        guard let bytes = try? Data(contentsOf: URL(filePath: executable), options: .alwaysMapped) else {
            return nil
        }
        func number(at offset: Int, _ size: Int) -> Int {
            guard offset >= 0, offset + size <= bytes.count else { return 0 }
            return bytes[offset..<offset + size].reversed().reduce(0) { $0 << 8 | Int($1) }
        }
        let (headers, size, count) = (number(at: 32, 6), number(at: 54, 2), number(at: 56, 2))
        for header in (0..<count).map({ headers + $0 * size }) where number(at: header, 4) == 3 {
            let (start, length) = (number(at: header + 8, 6), number(at: header + 32, 2))
            guard start + length <= bytes.count else { return nil }
            return String(decoding: bytes[start..<start + length].prefix { $0 != 0 }, as: UTF8.self)
        }
        return nil
    }

    /// The reason why there was no answer.
    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    /// The path in a line such as `libm.so.6 => /lib/libm.so.6 (0x7f…)` or `/lib64/ld-linux-x86-64.so.2 (0x7f…)`.
    private static func path(in line: Substring) -> String? {
        let found = line.firstRange(of: " => ").map { line[$0.upperBound...] } ?? line
        let path = found.firstRange(of: " (0x").map { found[..<$0.lowerBound] } ?? found
        let trimmed = path.drop { $0 == "\t" || $0 == " " }
        return trimmed.hasPrefix("/") ? String(trimmed) : nil
    }

    /// The loader that this process names, too.
    private static let loader = interpreter(of: "/proc/self/exe").map {
        URL(filePath: $0).resolvingSymlinksInPath().path(percentEncoded: false)
    }
}
