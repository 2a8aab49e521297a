extension Preview {
    /// What a request asks for.
    public struct Request: Sendable {
        /// `GET`, `HEAD` and so on.
        public var method: String
        /// The path and the query, as they came.
        public var target: String
        /// The `Host` header.
        public var host: String?

        /// Makes a request.
        public init(method: String = "GET", target: String, host: String?) {
            self.method = method
            self.target = target
            self.host = host
        }
    }
}
