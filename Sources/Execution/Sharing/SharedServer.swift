internal import Foundation
internal import Synchronization

#if canImport(FoundationNetworking)
    internal import FoundationNetworking
#endif

/// A server that speaks HTTP as Bazel's remote cache does: bazel-remote, nginx with WebDAV, a proxy before a bucket.
struct SharedServer: SharedStore {
    /// The address, without a slash at its end.
    let place: String
    private let token: String?
    private let session: URLSession
    private let answers = Answers()

    /// A server at an address.
    ///
    /// - Parameters:
    ///   - address: The address, which begins with `http://` or `https://`.
    ///   - token: The bearer token, which stands in requests alone.
    init(_ address: String, token: String?) {
        place = address.hasSuffix("/") ? String(address.dropLast()) : address
        self.token = token
        let configuration = URLSessionConfiguration.ephemeral
        configuration.httpCookieStorage = nil
        configuration.urlCache = nil
        configuration.httpMaximumConnectionsPerHost = 8
        session = URLSession(configuration: configuration, delegate: answers, delegateQueue: nil)
    }

    func read(_ path: String, limit: Int) async throws(SharedStoreFailure) -> [UInt8]? {
        let (status, body) = try await send("GET", path, nil, limit: limit)
        switch status {
        case 200: return body
        case 404, 410: return nil
        default: throw failure(status)
        }
    }

    func write(_ bytes: [UInt8], to path: String) async throws(SharedStoreFailure) {
        let (status, _) = try await send("PUT", path, bytes, limit: 1 << 16)
        // A server that writes each name once answers 409 to the second.
        guard (200..<300).contains(status) || status == 409 else { throw failure(status) }
    }

    private func failure(_ status: Int) -> SharedStoreFailure {
        switch status {
        case 300..<400: SharedStoreFailure("it answers with a redirect (\(status)), and none is followed")
        case 401 where token == nil: SharedStoreFailure("it asks for a token (401): set UNROLL_CACHE_TOKEN")
        case 401, 403: SharedStoreFailure("it does not take the token for this (\(status))")
        case 413: SharedStoreFailure("it takes no file of this size (413)")
        case 507: SharedStoreFailure("it is full (507)")
        default: SharedStoreFailure("it answers with the status \(status)")
        }
    }

    private func send(
        _ method: String,
        _ path: String,
        _ body: [UInt8]?,
        limit: Int
    ) async throws(SharedStoreFailure) -> (status: Int, body: [UInt8]) {
        guard let url = URL(string: "\(place)/\(path)") else {
            throw SharedStoreFailure("this is no address")
        }
        var request = URLRequest(url: url)
        request.httpMethod = method
        request.setValue(token.map { "Bearer \($0)" }, forHTTPHeaderField: "Authorization")
        if let body {
            request.httpBody = Data(body)
            request.setValue("application/octet-stream", forHTTPHeaderField: "Content-Type")
        }
        let task = session.dataTask(with: request)
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                answers.expect(task, limit: limit, continuation)
                task.resume()
            }
        } onCancel: {
            task.cancel()
        }
        return try result.get()
    }
}

/// What comes back of requests, as far as that is read.
private final class Answers: NSObject, URLSessionDataDelegate {
    typealias Outcome = Result<(status: Int, body: [UInt8]), SharedStoreFailure>

    /// What has come of one.
    private struct Answer {
        var body: [UInt8] = []
        var isTooLarge = false
        let limit: Int
        let continuation: CheckedContinuation<Outcome, Never>
    }

    /// What has come so far, by the tasks' numbers.
    private let answers = Mutex<[Int: Answer]>([:])

    /// Expects the answer to a request.
    func expect(_ task: URLSessionTask, limit: Int, _ continuation: CheckedContinuation<Outcome, Never>) {
        answers.withLock { $0[task.taskIdentifier] = Answer(limit: limit, continuation: continuation) }
    }

    func urlSession(
        _ session: URLSession,
        task: URLSessionTask,
        willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest,
        completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) {
        // Another host may be meant, which the token is not for.
        completionHandler(nil)
    }

    func urlSession(
        _ session: URLSession,
        dataTask: URLSessionDataTask,
        didReceive response: URLResponse,
        completionHandler: @escaping @Sendable (URLSession.ResponseDisposition) -> Void
    ) {
        let isTooLarge = answers.withLock { answers in
            guard let answer = answers[dataTask.taskIdentifier] else { return true }
            let isTooLarge = response.expectedContentLength > Int64(answer.limit)
            answers[dataTask.taskIdentifier]?.isTooLarge = isTooLarge
            return isTooLarge
        }
        completionHandler(isTooLarge ? .cancel : .allow)
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        let isTooLarge = answers.withLock { answers in
            guard let answer = answers[dataTask.taskIdentifier] else { return true }
            let isTooLarge = answer.isTooLarge || answer.body.count + data.count > answer.limit
            answers[dataTask.taskIdentifier]?.isTooLarge = isTooLarge
            if !isTooLarge { answers[dataTask.taskIdentifier]?.body += data }
            return isTooLarge
        }
        if isTooLarge { dataTask.cancel() }
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        guard let answer = answers.withLock({ $0.removeValue(forKey: task.taskIdentifier) }) else { return }
        let outcome: Outcome =
            if answer.isTooLarge {
                .failure(.large(answer.limit))
            } else if let error {
                .failure(SharedStoreFailure(Answers.reason(of: error)))
            } else {
                .success(((task.response as? HTTPURLResponse)?.statusCode ?? 0, answer.body))
            }
        answer.continuation.resume(returning: outcome)
    }

    private static func reason(of error: any Error) -> String {
        let text = (error as NSError).localizedDescription.replacing(/\ after [0-9]+ ms/, with: "")
        return text.hasSuffix(".") ? String(text.dropLast()) : text
    }
}
