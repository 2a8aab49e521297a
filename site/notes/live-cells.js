unrollNotes([
["func live<A>(states: LiveStates = .computed, _ a: A, _ body: @escaping (A.Value) -> Void) where A : LiveControl","Gives a cell a control, by which a reader runs a function of its value again, in the page.","reference/notebook-functions.html#live"],
["struct Slider<Value> : LiveControl\ninit(_ label: String, _ range: ClosedRange<Float>, scale: SliderScale = .linear, step: Float? = nil, initially initial: Float? = nil)","A slider over a range of numbers.","reference/slider.html"],
["let slope: Float",""],
["struct Chart : Drawing\ninit(_ title: String = \"\", @ChartBuilder content: () -> ChartContent)","A chart: marks, layered in the order in which their kinds first appear, on scales found from their values.","reference/chart.html"],
["let step: Int",""],
["let x: Float",""],
["struct Float\ninit(_ v: Int)","A single-precision (32-bit), floating-point value type."],
["struct LineMark : Mark\ninit(x: PlottableValue, y: PlottableValue, series: PlottableValue? = nil)","One point of a line: the points of a series are joined in the order in which they are given.","reference/linemark.html"],
["static func value(_ label: String, _ value: some Plottable) -> PlottableValue","A value named by label.","reference/plottablevalue.html#value"],
["func yScale(_ type: ScaleType = .automatic, domain: ClosedRange<Double>? = nil, reversed: Bool = false) -> Chart","Sets how the vertical axis turns values into places.","reference/chart.html#yscale"],
["func animate<Steps>(over steps: Steps, every: Int = 1, label: String = \"step\", _ body: (Steps.Element) -> Void) where Steps : Sequence, Steps.Element : Showable","Shows the frames of an animation: runs a body for each step, and keeps what it shows every so often.","reference/notebook-functions.html#animate"],
["let x: Int",""],
["struct PointMark : Mark\ninit(x: PlottableValue, y: PlottableValue)","A point at two values.","reference/pointmark.html"]
])
