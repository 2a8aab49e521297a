internal import Foundation
import Recurrent
import Testing
internal import Turns

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// A folder that is gone when its owner is.
private final class Folder {
    let path: String

    init() {
        path = FileManager.default.temporaryDirectory.appending(path: "parameters-\(UUID())").path(
            percentEncoded: false
        )
        try! FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        chmod(path, 0o700)
        try? FileManager.default.removeItem(atPath: path)
    }

    /// The path of something in the folder.
    func callAsFunction(_ name: String) -> String { path + "/" + name }

    var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: path).sorted()) ?? [] }
}

private func mode(_ path: String) -> mode_t {
    var found = stat()
    return stat(path, &found) == 0 ? found.st_mode & 0o7777 : 0
}

private func isLink(_ path: String) -> Bool {
    var found = stat()
    return lstat(path, &found) == 0 && found.st_mode & S_IFMT == S_IFLNK
}

private func bytes(_ path: String) -> [UInt8]? {
    FileManager.default.contents(atPath: path).map { Array($0) }
}

private func failure(_ body: () throws(SafetensorsError) -> Void) -> String {
    do {
        try body()
        return "nothing"
    } catch {
        return "\(error)"
    }
}

/// The message and the files of a save that the system refuses; each runs in a process of its own, whose limits and
/// rights it lowers.
private enum RefusedSave {
    static func report(_ prepare: (_ folder: Folder) -> Void) {
        let (folder, old) = (Folder(), Linear(inputSize: 20, outputSize: 10))
        try! old.saveParameters(to: folder("best.safetensors"))
        let before = bytes(folder("best.safetensors"))
        prepare(folder)
        let said = failure { () throws(SafetensorsError) in
            try Linear(inputSize: 20, outputSize: 10).saveParameters(to: folder("best.safetensors"))
        }
        let isKept = bytes(folder("best.safetensors")) == before && folder.names == ["best.safetensors"]
        print(
            "SAID \(said.replacing(folder.path, with: "FOLDER")) \(isKept ? "KEPT" : "LOST \(folder.names)")"
        )
    }

    static func limitSize() {
        var limit = rlimit(rlim_cur: 200, rlim_max: .max)
        #if canImport(Glibc)
            setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
        #else
            setrlimit(RLIMIT_FSIZE, &limit)
        #endif
    }

    /// Root may do everything, so it becomes somebody else first.
    static func loseRights(_ folder: Folder) {
        if getuid() == 0 {
            chown(folder.path, 65534, 65534)
            chown(folder("best.safetensors"), 65534, 65534)
            setgid(65534)
            setuid(65534)
        }
    }
}

@Suite("A file of parameters", .inTurns) struct ParameterFileTests {
    private let model = Linear(inputSize: 3, outputSize: 2)

    @Test("that is loaded changes what was computed before") func loading() throws {
        let output = model(Tensor([[1, 2, 3]]).requiringGradient())
        #expect(!reachesStaleNumbers(output))
        try model.loadParameters(bytes: model.parameterBytes)
        #expect(reachesStaleNumbers(output))
    }

    @Test("is replaced as a whole, keeps its mode, and leaves nothing beside it") func replacement() throws {
        let folder = Folder()
        let path = folder("best.safetensors")
        try model.saveParameters(to: path)
        umask(umask(0o22))
        #expect(mode(path) == 0o644)
        for kept in [0o600, 0o640, 0o664] as [mode_t] {
            chmod(path, kept)
            let other = Linear(inputSize: 3, outputSize: 2)
            try other.saveParameters(to: path)
            #expect(try bytes(path) == other.parameterBytes)
            #expect(mode(path) == kept)
        }
        #expect(folder.names == ["best.safetensors"])
    }

    @Test("may be a link, which stays one") func links() throws {
        let (folder, elsewhere) = (Folder(), Folder())
        try model.saveParameters(to: elsewhere("real.safetensors"))
        let links = [
            ("absolute", elsewhere("real.safetensors")),
            ("relative", "../" + elsewhere.path.split(separator: "/").last! + "/real.safetensors"),
            ("around", "absolute"), ("dangling", elsewhere("new.safetensors")),
        ]
        for (name, target) in links {
            symlink(target, folder(name))
            let other = Linear(inputSize: 3, outputSize: 2)
            try other.saveParameters(to: folder(name))
            #expect(isLink(folder(name)), "\(name)")
            let real = elsewhere(name == "dangling" ? "new.safetensors" : "real.safetensors")
            #expect(try bytes(real) == other.parameterBytes, "\(name)")
        }
        #expect(folder.names == ["absolute", "around", "dangling", "relative"])
        #expect(elsewhere.names == ["new.safetensors", "real.safetensors"])
        symlink("loop", folder("loop"))
        #expect(
            failure { () throws(SafetensorsError) in try model.saveParameters(to: folder("loop")) }.contains(
                "symbolic links"
            )
        )
    }

    @Test("that is no plain file is written to as it stands") func pipes() throws {
        let folder = Folder()
        let path = folder("pipe")
        #expect(mkfifo(path, 0o600) == 0)
        let reading = open(path, O_RDONLY | O_NONBLOCK)
        defer { close(reading) }
        try model.saveParameters(to: path)
        var block = [UInt8](repeating: 0, count: 4096)
        let count = read(reading, &block, block.count)
        #expect(try Array(block.prefix(max(count, 0))) == model.parameterBytes)
        #expect(folder.names == ["pipe"])
    }

    @Test("says what it was doing, and why that failed") func refusals() {
        let folder = Folder()
        func saving(_ path: String) -> String {
            failure { () throws(SafetensorsError) in try model.saveParameters(to: path) }
        }
        func loading(_ path: String) -> String {
            failure { () throws(SafetensorsError) in try model.loadParameters(from: path) }
        }
        #expect(
            saving(folder.path) == "\(folder.path) cannot be written, and was left as it was: Is a directory"
        )
        #expect(saving("") == " cannot be written, and was left as it was: No such file or directory")
        #expect(
            saving(folder("no/such/file"))
                == "\(folder("no/such/file")) cannot be written, and was left as it was: No such file or directory. A lesson "
                + "of Unroll writes to a scratch folder only: leave the folders out of the name"
        )
        #expect(saving(folder("a\0b")).hasSuffix("Invalid argument"))
        #expect(loading(folder.path) == "\(folder.path) cannot be read: Is a directory")
        #expect(
            loading("nowhere")
                == "nowhere cannot be read: No such file or directory. A lesson of Unroll sees what it saved itself, and the "
                + "files that its front matter lists under data:"
        )
        #expect(loading(folder("a\0b")).hasSuffix("Invalid argument"))
        #expect(saving("/dev/full").hasSuffix("No space left on device"))
        #expect(folder.names.isEmpty)
    }

    private func said(_ result: ExitTest.Result?) -> String {
        let output = String(decoding: result?.standardOutputContent ?? [], as: UTF8.self)
        return output.split(separator: "\n").first { $0.hasPrefix("SAID ") }.map { String($0.dropFirst(5)) }
            ?? output
    }

    @Test("stays as it was when there is no room, whatever becomes of the system's signal") func noRoom()
        async
    {
        let refusal = "FOLDER/best.safetensors cannot be written, and was left as it was: File too large KEPT"
        let plain = await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
            RefusedSave.report { _ in RefusedSave.limitSize() }
        }
        #expect(said(plain) == refusal)
        let ignored = await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
            RefusedSave.report { _ in
                signal(SIGXFSZ, SIG_IGN)
                RefusedSave.limitSize()
            }
        }
        #expect(said(ignored) == refusal)
    }

    @Test("stays as it was when it or its folder may not be changed") func noRights() async {
        let refusal =
            "FOLDER/best.safetensors cannot be written, and was left as it was: Permission denied. A lesson of Unroll "
            + "writes to a scratch folder only: leave the folders out of the name KEPT"
        let file = await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
            RefusedSave.report { folder in
                chmod(folder("best.safetensors"), 0o444)
                RefusedSave.loseRights(folder)
            }
        }
        #expect(said(file) == refusal)
        let folder = await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
            RefusedSave.report { folder in
                chmod(folder.path, 0o555)
                RefusedSave.loseRights(folder)
            }
        }
        #expect(said(folder) == refusal)
    }
}
