// 14-many-machines.md as the one program that it is. It imports Swift of its own project, where
//   unroll run 14-many-machines
// compiles and runs it.
import Notebook
import Harbor
let notebook = Notebook.LessonProgram()

#sourceLocation(file: "lessons/14-many-machines.md", line: 106)
Notebook.beginCell("hours", of: notebook)
/// A time as one would say it.
func hours(_ seconds: Double) -> String {
    let minutes = Int((seconds / 60).rounded(.up))
    return minutes < 60 ? "\(minutes) min" : "\(minutes / 60) h \(minutes % 60) min"
}

#sourceLocation(file: "lessons/14-many-machines.md", line: 114)
Notebook.beginCell("costs", of: notebook)
func costs(_ count: Int) -> [Double] {
    var random = NumPyRandom(seed: 7)
    return (0..<count).map { _ in 10 * exp(1.37 * random.randn()) }
}
let courses = [costs(100), costs(10_000)]
#sourceLocation(file: "lessons/14-many-machines.md", line: 119)
Notebook.show(
Table(columns: ["lessons", "all of them", "the longest"], rows: courses.map { costs in
    Row(costs.count, hours(costs.reduce(0, +)), hours(costs.max()!))
}))

#sourceLocation(file: "lessons/14-many-machines.md", line: 129)
Notebook.beginCell("makespan", of: notebook)
func makespan(_ costs: [Double], on machines: Int, knowing known: Bool) -> Double {
    var loads = [Double](repeating: 0, count: machines)
    var counts = loads
    for cost in known ? costs.sorted(by: >) : costs {
        let full = known ? loads : counts
        let machine = full.indices.min { full[$0] < full[$1] }!
        loads[machine] += cost
        counts[machine] += 1
    }
    return loads.max()!
}
func against(_ bound: Double, _ time: Double) -> String {
    "\(hours(time)), +\(Int((100 * (time / bound - 1)).rounded())) %"
}
var rows: [Row] = []
for costs in courses {
    for machines in [1, 8, 64] {
        let bound = max(costs.max()!, costs.reduce(0, +) / Double(machines))
        let known = makespan(costs, on: machines, knowing: true)
        let unknown = makespan(costs, on: machines, knowing: false)
        rows.append(Row(costs.count, machines, hours(bound), against(bound, known), against(bound, unknown)))
    }
}
#sourceLocation(file: "lessons/14-many-machines.md", line: 152)
Notebook.show(
Table(columns: ["lessons", "machines", "bound", "costs known", "costs unknown"], rows: rows))

#sourceLocation(file: "lessons/14-many-machines.md", line: 159)
Notebook.beginCell("deaths", of: notebook)
func simulate(_ tasks: [Double], on machines: Int, seed: UInt32) -> (end: Double, lost: Double) {
    var random = NumPyRandom(seed: seed)
    var waiting = Array(tasks.sorted(by: >).reversed())
    var free = [Double](repeating: 0, count: machines)
    var (end, lost) = (0.0, 0.0)
    while let task = waiting.popLast() {
        let machine = free.indices.min { free[$0] < free[$1] }!
        // The time until it dies: exponential, with a mean of two hours.
        let life = -7200 * log(1 - random.rand())
        let time = min(task + 0.5, life)
        free[machine] += time
        if life < task + 0.5 {
            lost += time
            waiting.append(task)
        } else {
            end = max(end, free[machine])
        }
    }
    return (end, lost)
}
let large = courses[1]
var shares = [Double](repeating: 0, count: 64)
for cost in large.sorted(by: >) {
    shares[shares.indices.min { shares[$0] < shares[$1] }!] += cost
}
let byLesson = simulate(large, on: 64, seed: 1)
let byShare = simulate(shares, on: 64, seed: 1)
require(byLesson.end < byShare.end, "small tasks lose less")
#sourceLocation(file: "lessons/14-many-machines.md", line: 187)
Notebook.show(
Table(columns: ["tasks", "end", "work that was lost"], rows: [
    Row("10000 lessons", hours(byLesson.end), hours(byLesson.lost)),
    Row("64 shares", hours(byShare.end), hours(byShare.lost)),
]))

#sourceLocation(file: "lessons/14-many-machines.md", line: 199)
Notebook.beginCell("network", of: notebook)
let record = 460_000.0
let columns = ["lessons", "first build", "", "a second clone", ""]
#sourceLocation(file: "lessons/14-many-machines.md", line: 201)
Notebook.show(
Table(columns: columns, rows: courses.map { costs in
    let count = costs.count
    let bytes = "\(Int(Double(count) * record / 1e6)) MB"
    return Row("\(count)", "\(3 * count) requests", bytes, "\(2 * count) requests", bytes)
}))

#sourceLocation()
Notebook.endLesson(notebook)
