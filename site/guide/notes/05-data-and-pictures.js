unrollNotes([
["let table: CSV",""],
["struct CSV : Sendable\ninit(path: String, separator: Character = \",\", header: [String]? = nil, missingWords: [String] = [\"NA\", \"N/A\", \"NaN\", \"nan\", \"null\"]) throws(CSVError)","A table of comma-separated values, by the names of its columns."],
["let hours: [Int]",""],
["func numbers(_ column: String, missing: Float? = nil) throws(CSVError) -> [Float]","The numbers of a column."],
["func map<T, E>(_ transform: (Float) throws(E) -> T) throws(E) -> [T] where E : Error","Returns an array containing the results of mapping the given closure over the sequence's elements."],
["struct Int : FixedWidthInteger, SignedInteger\ninit(_ source: Float)","A signed integer value type."],
["let $0: Float",""],
["let heights: [Float]",""],
["struct Chart : Drawing\ninit(_ title: String = \"\", @ChartBuilder content: () -> ChartContent)","A chart: marks, layered in the order in which their kinds first appear, on scales found from their values."],
["let hour: Int",""],
["let height: Float",""],
["func zip<Sequence1, Sequence2>(_ sequence1: Sequence1, _ sequence2: Sequence2) -> Zip2Sequence<Sequence1, Sequence2> where Sequence1 : Sequence, Sequence2 : Sequence","Creates a sequence of pairs built out of two underlying sequences."],
["struct LineMark : Mark\ninit(x: PlottableValue, y: PlottableValue, series: PlottableValue? = nil)","One point of a line: the points of a series are joined in the order in which they are given."],
["static func value(_ label: String, _ value: some Plottable) -> PlottableValue","A value named by label."],
["struct PointMark : Mark\ninit(x: PlottableValue, y: PlottableValue)","A point at two values."]
])
