unrollNotes([
["let heights: [Float]",""],
["func map<T, E>(_ transform: (Int) throws(E) -> T) throws(E) -> [T] where E : Error","Returns an array containing the results of mapping the given closure over the sequence's elements."],
["func sin(_ x: Float) -> Float","The sine of an angle in radians."],
["struct Float","A single-precision (32-bit), floating-point value type."],
["static var pi: Float { get }","The mathematical constant pi (π), approximately equal to 3.14159."],
["struct Float\ninit(_ v: Int)","A single-precision (32-bit), floating-point value type."],
["let $0: Int",""],
["let rises: [Bool]",""],
["let turns: [Range<Int>.Element]",""],
["func filter(_ isIncluded: (Int) throws -> Bool) rethrows -> [Int]","Returns an array containing, in order, the elements of the sequence that satisfy the given predicate."]
])
