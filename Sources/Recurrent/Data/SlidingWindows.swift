/// The windows of a series, and the numbers that follow each.
///
///     let (inputs, targets) = slidingWindows(over: [10, 20, 30, 40, 50], length: 3)
///     // inputs [[10, 20, 30], [20, 30, 40]] as [2, 3, 1], targets [[40], [50]]
///
/// - Shape: n numbers → inputs [windows, length, 1], targets [windows, horizon]
/// - Parameters:
///   - series: The numbers, oldest first.
///   - length: The length of a window.
///   - horizon: The number of values to predict from it.
///   - stride: The distance from the start of one window to the next.
@export(interface)
public func slidingWindows(
    over series: [Float],
    length: Int,
    horizon: Int = 1,
    stride: Int = 1,
    file: StaticString = #filePath,
    line: UInt = #line
) -> (inputs: Tensor, targets: Tensor) {
    let column = Tensor(shape: [series.count, 1], scalars: series)
    let (inputs, targets) = slidingWindows(
        over: column,
        length: length,
        horizon: horizon,
        stride: stride,
        file: file,
        line: line
    )
    return (inputs, targets.reshaped([targets.shape[0], horizon]))
}

/// The windows of a series of vectors, and the vectors that follow each.
///
/// - Shape: series [time, feature] → inputs [windows, length, feature], targets [windows, horizon, feature]
/// - Parameters:
///   - series: The vectors, oldest first.
///   - length: The length of a window.
///   - horizon: The number of vectors to predict from it.
///   - stride: The distance from the start of one window to the next.
@export(interface)
public func slidingWindows(
    over series: Tensor,
    length: Int,
    horizon: Int = 1,
    stride: Int = 1,
    file: StaticString = #filePath,
    line: UInt = #line
) -> (inputs: Tensor, targets: Tensor) {
    require(
        series.rank == 2,
        "slidingWindows: expected a series [time, feature], not a tensor of shape \(Shape.text(series.shape)). "
            + "A series of numbers can be given as an array.",
        file: file,
        line: line
    )
    require(
        length > 0 && horizon >= 0 && stride > 0,
        "slidingWindows: length \(length), horizon \(horizon), stride \(stride); length and stride must be at least "
            + "1, horizon at least 0.",
        file: file,
        line: line
    )
    let (time, feature) = (series.shape[0], series.shape[1])
    require(
        length <= time && horizon <= time - length,
        "slidingWindows: a window of \(length) and \(horizon) more do not fit into a series of \(time) steps.",
        file: file,
        line: line
    )
    let starts = Swift.stride(from: 0, through: time - length - horizon, by: stride)
    let inputs = starts.flatMap { $0..<$0 + length }
    let targets = starts.flatMap { $0 + length..<$0 + length + horizon }
    let count = inputs.count / length
    return (
        series.gatheringRows(inputs).reshaped([count, length, feature]),
        series.gatheringRows(targets).reshaped([count, horizon, feature])
    )
}
