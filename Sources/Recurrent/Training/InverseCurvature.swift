/// What the last steps say about the curvature of the loss, and the direction that follows from it.
struct InverseCurvature {
    /// The number of iterations so far.
    var iterations = 0
    /// d, along which the last iteration went.
    var direction: [Double] = []
    /// How far it went, as a share of d.
    var length = 0.0
    /// The gradient before it.
    var gradient: [Double] = []
    /// s: the changes of the parameters, the oldest first.
    var moves: [[Double]] = []
    /// y: the changes of the gradient that came with them.
    var gradientChanges: [[Double]] = []
    /// s·y / y·y of the last change, by which H begins.
    var scale = 1.0

    /// Finds the direction at the place where the loss has the given gradient.
    mutating func turn(to gradient: [Double], historySize: Int) {
        iterations += 1
        defer { self.gradient = gradient }
        guard iterations > 1 else {
            direction = gradient.map { -$0 }
            return
        }
        let y = zip(gradient, self.gradient).map { $0 - $1 }
        let s = direction.map { $0 * length }
        // Where the loss bends the other way there is no minimum to be near.
        if y.dot(s) > 1e-10 {
            if moves.count == historySize {
                moves.removeFirst()
                gradientChanges.removeFirst()
            }
            moves.append(s)
            gradientChanges.append(y)
            scale = y.dot(s) / y.dot(y)
        }
        var q = gradient.map { -$0 }
        var shares = [Double](repeating: 0, count: moves.count)
        for index in moves.indices.reversed() {
            let (s, y) = (moves[index], gradientChanges[index])
            shares[index] = s.dot(q) / y.dot(s)
            for place in q.indices { q[place] -= shares[index] * y[place] }
        }
        for place in q.indices { q[place] *= scale }
        for index in moves.indices {
            let (s, y) = (moves[index], gradientChanges[index])
            let share = shares[index] - y.dot(q) / y.dot(s)
            for place in q.indices { q[place] += share * s[place] }
        }
        direction = q
    }
}

extension [Double] {
    /// The sum of the products of two lists, from the first to the last.
    func dot(_ other: [Double]) -> Double {
        var sum = 0.0
        for index in indices { sum += self[index] * other[index] }
        return sum
    }
}
