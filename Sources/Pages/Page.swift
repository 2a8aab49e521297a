/// A page of the site.
public struct Page: Sendable, Hashable {
    /// The page's path in the site, such as `05-sine-wave.html`.
    public var path: String
    /// The page's HTML.
    public var html: String

    /// Makes a page.
    public init(path: String, html: String) {
        self.path = path
        self.html = html
    }
}
