import Charting

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

// Draws 1,000 line charts of 1,000 points, and says how many bytes and how much processor time that took.
//
// The data are those of `compare.py`: a falling curve with some noise, another for each chart.
let charts = 1000
let points = 1000

func value(_ chart: Int, _ step: Int) -> Double {
    let noise = Double((step &* 7919 &+ chart &* 104_729) % 1000) / 1000
    return 1 / (1 + Double(step) / 50) + 0.05 * noise
}

var bytes = 0
let start = clock()
for chart in 0..<charts {
    let drawing = Chart("Loss while training") {
        for step in 0..<points {
            LineMark(x: .value("Step", step), y: .value("Loss", value(chart, step)))
        }
    }
    bytes += drawing.rendered(id: "chart-\(chart)").svg.utf8.count
}
let seconds = Double(clock() - start) / Double(CLOCKS_PER_SEC)
print("\(charts) charts, \(bytes) bytes, \(seconds) s")
