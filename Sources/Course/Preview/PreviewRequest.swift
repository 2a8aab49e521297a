extension Preview {
    /// A request of a browser.
    package struct Request: Sendable {
        /// `GET`, `HEAD` and so on.
        package var method: String
        /// The path and the query, as they came.
        package var target: String
        /// The `Host` header.
        package var host: String?

        /// Makes a request.
        package init(method: String = "GET", target: String, host: String?) {
            self.method = method
            self.target = target
            self.host = host
        }
    }
}
