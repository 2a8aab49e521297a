/// A request that is answered without a look at what it asks for.
struct RequestRefusal: Error, Equatable {
    /// The status of the answer.
    let status: Int
    /// The answer.
    let sentence: String

    static func malformed(_ what: String) -> Self {
        Self(status: 400, sentence: "This is no request: \(what).")
    }
    static let foreignVersion = Self(status: 505, sentence: "Pages are served by HTTP/1.1.")
    static let coding = Self(status: 501, sentence: "Bodies are not decoded.")
    static let longLine = Self(status: 414, sentence: "The address is longer than 16 KB.")
    static let longHeaders = Self(
        status: 431,
        sentence:
            "The headers are longer than 64 KB, one of them than 16 KB, or more than 256. If cookies of other "
            + "programs fill them, remove those of this name: all ports of a machine share them."
    )
    static let longBody = Self(status: 413, sentence: "A request for a page has no body.")
    static let slow = Self(status: 408, sentence: "The request did not come to its end in time.")
}
