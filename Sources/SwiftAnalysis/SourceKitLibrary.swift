internal import CSourceKit
internal import Foundation
internal import Synchronization

/// The toolchain's `sourcekitd`, loaded at run time: a request goes in as YAML, a response comes out as JSON.
///
/// This is the only file that sees its pointers. The library serves calls from any thread.
package struct SourceKitLibrary: Sendable {
    /// The reason why the library did not serve.
    package struct Failure: Error {
        package var message: String
    }

    private let makeRequest: sourcekit_request_from_yaml
    private let releaseRequest: sourcekit_request_release
    private let send: sourcekit_send_sync
    private let dispose: sourcekit_response_dispose
    private let isError: sourcekit_response_is_error
    private let errorText: sourcekit_response_error
    private let value: sourcekit_response_value
    private let describe: sourcekit_variant_json

    /// The libraries that were loaded: each must be initialized once, before anybody uses it.
    private static let loaded = Mutex<[String: SourceKitLibrary]>([:])

    /// The library at a path, which is loaded when it is asked for first and stays for the life of the process.
    ///
    /// - Throws: `Failure` when there is none, or one that lacks a function.
    static func shared(at path: String) throws(Failure) -> SourceKitLibrary {
        try loaded.withLock { loaded throws(Failure) in
            if let library = loaded[path] { return library }
            let library = try SourceKitLibrary(path: path)
            loaded[path] = library
            return library
        }
    }

    private init(path: String) throws(Failure) {
        guard let library = dlopen(path, RTLD_LAZY | RTLD_LOCAL) else {
            throw Failure(message: dlerror().map { String(cString: $0) } ?? "\(path) cannot be loaded")
        }
        func function<Function>(_ name: String, as type: Function.Type) throws(Failure) -> Function {
            guard let address = dlsym(library, "sourcekitd_" + name) else {
                throw Failure(message: "\(path) has no sourcekitd_\(name)")
            }
            return unsafeBitCast(address, to: type)
        }
        makeRequest = try function("request_create_from_yaml", as: sourcekit_request_from_yaml.self)
        releaseRequest = try function("request_release", as: sourcekit_request_release.self)
        send = try function("send_request_sync", as: sourcekit_send_sync.self)
        dispose = try function("response_dispose", as: sourcekit_response_dispose.self)
        isError = try function("response_is_error", as: sourcekit_response_is_error.self)
        errorText = try function("response_error_get_description", as: sourcekit_response_error.self)
        value = try function("response_get_value", as: sourcekit_response_value.self)
        describe = try function("variant_json_description_copy", as: sourcekit_variant_json.self)
        try function("initialize", as: sourcekit_initialize.self)()
    }

    /// Does something while what the library writes to standard error, from whatever thread of its own, is dropped: it
    /// prints the errors of a program that it is asked about.
    static func silently<Result, Problem: Error>(
        _ body: () throws(Problem) -> sending Result
    ) throws(Problem) -> sending Result {
        silence.withLock { $0.begin() }
        defer { silence.withLock { $0.end() } }
        return try body()
    }

    /// Standard error, which belongs to the process, while it is taken away: by the first of those who need that, until the
    /// last is done.
    private struct Silence {
        private var count = 0
        private var kept: Int32 = -1

        mutating func begin() {
            count += 1
            guard count == 1 else { return }
            let nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC)
            kept = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3)
            if kept >= 0, nowhere >= 0 { dup2(nowhere, STDERR_FILENO) }
            if nowhere >= 0 { close(nowhere) }
        }

        mutating func end() {
            count -= 1
            guard count == 0, kept >= 0 else { return }
            dup2(kept, STDERR_FILENO)
            close(kept)
        }
    }

    private static let silence = Mutex(Silence())

    /// Sends a request, written as YAML, and gives the response as JSON.
    ///
    /// - Throws: `Failure` with SourceKit's own words.
    func respond(to request: String) throws(Failure) -> Data {
        var complaint: UnsafeMutablePointer<CChar>?
        guard let request = makeRequest(request, &complaint) else {
            defer { free(complaint) }
            throw Failure(message: complaint.map { String(cString: $0) } ?? "the request is malformed")
        }
        defer { releaseRequest(request) }
        guard let response = send(request) else { throw Failure(message: "there was no response") }
        defer { dispose(response) }
        guard !isError(response) else {
            throw Failure(message: errorText(response).map { String(cString: $0) } ?? "the request failed")
        }
        guard let text = describe(value(response)) else { throw Failure(message: "the response is empty") }
        defer { free(text) }
        return Data(bytes: text, count: strlen(text))
    }
}
