unrollNotes([
["var count: Int",""],
["func next() -> Int",""],
["struct Int : FixedWidthInteger, SignedInteger","A signed integer value type."],
["let squares: [Int]",""],
["func map<T, E>(_ transform: (Int) throws(E) -> T) throws(E) -> [T] where E : Error","Returns an array containing the results of mapping the given closure over the sequence's elements."],
["let $0: Int",""],
["func print(_ items: Any..., separator: String = \" \", terminator: String = \"\\n\")","Writes the textual representations of the given items into the standard output."],
["func require(_ condition: Bool, _ claim: @autoclosure () -> String)","States a claim of the lesson: when it does not hold, the lesson stops at the caller's line and says so."],
["var last: Int? { get }","The last element of the collection."]
])
