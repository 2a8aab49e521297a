unrollNotes([
["let tide: Tide",""],
["struct Tide : Sendable\ninit(mean: Double, range: Double)","A tide that rises and falls evenly, as at an open coast."],
["struct Chart : Drawing\ninit(_ title: String = \"\", @ChartBuilder content: () -> ChartContent)","A chart: marks, layered in the order in which their kinds first appear, on scales found from their values."],
["let hour: Int",""],
["struct LineMark : Mark\ninit(x: PlottableValue, y: PlottableValue, series: PlottableValue? = nil)","One point of a line: the points of a series are joined in the order in which they are given."],
["static func value(_ label: String, _ value: some Plottable) -> PlottableValue","A value named by label."],
["func height(after hours: Double) -> Double","Returns the height of the water some hours after high water, in meters."],
["struct Double\ninit(_ v: Int)","A double-precision (64-bit), floating-point value type."]
])
