/// A chart: marks, and how they are scaled.
public struct Chart: Sendable {
}
