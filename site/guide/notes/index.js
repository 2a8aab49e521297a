unrollNotes([
["let hours: [Float]",""],
["func map<T, E>(_ transform: (Int) throws(E) -> T) throws(E) -> [T] where E : Error","Returns an array containing the results of mapping the given closure over the sequence's elements."],
["struct Float\ninit(_ v: Int)","A single-precision (32-bit), floating-point value type."],
["let $0: Int",""],
["let heights: [Float]",""],
["func map<T, E>(_ transform: (Float) throws(E) -> T) throws(E) -> [T] where E : Error","Returns an array containing the results of mapping the given closure over the sequence's elements."],
["func sin(_ x: Float) -> Float","The sine of an angle in radians."],
["struct Float","A single-precision (32-bit), floating-point value type."],
["static var pi: Float { get }","The mathematical constant pi (π), approximately equal to 3.14159."],
["let $0: Float",""],
["struct Chart : Drawing\ninit(_ title: String = \"\", @ChartBuilder content: () -> ChartContent)","A chart: marks, layered in the order in which their kinds first appear, on scales found from their values."],
["let hour: Float",""],
["let height: Float",""],
["func zip<Sequence1, Sequence2>(_ sequence1: Sequence1, _ sequence2: Sequence2) -> Zip2Sequence<Sequence1, Sequence2> where Sequence1 : Sequence, Sequence2 : Sequence","Creates a sequence of pairs built out of two underlying sequences."],
["struct LineMark : Mark\ninit(x: PlottableValue, y: PlottableValue, series: PlottableValue? = nil)","One point of a line: the points of a series are joined in the order in which they are given."],
["static func value(_ label: String, _ value: some Plottable) -> PlottableValue","A value named by label."]
])
