extension Array {
    /// Inserts an element behind all that it does not precede: for a few elements this sorts as `sorted` does, whose code
    /// is 4 kB for each order in a program for the browser.
    mutating func insert(_ element: Element, before precedes: (Element, Element) -> Bool) {
        insert(element, at: firstIndex { precedes(element, $0) } ?? count)
    }
}
