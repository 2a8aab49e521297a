extension Tensor {
    /// The product of all numbers; of none, 1.
    ///
    /// Multiplied in double precision from the first to the last and rounded once. The gradient of a number is the product
    /// of the others, also where some are 0.
    ///
    /// - Shape: [...] → []
    @export(interface)
    public func product() -> Tensor {
        multiplied(Lines([count], axis: 0), shape: [])
    }

    /// The products along an axis.
    ///
    /// - Shape: along axis 1, [a, b, c] → [a, c], or [a, 1, c] when keeping dimensions
    /// - Parameter axis: The axis; negative ones count from the last.
    @export(interface)
    public func product(
        axis: Int,
        keepingDimensions: Bool = false,
        file: StaticString = #filePath,
        line: UInt = #line
    ) -> Tensor {
        let axis = Shape.axis(axis, of: shape, for: "product", file: file, line: line)
        let lines = Lines(shape, axis: axis)
        return multiplied(lines, shape: keepingDimensions ? lines.shapeWithOne : lines.shapeWithoutAxis)
    }

    private func multiplied(_ lines: Lines, shape: [Int]) -> Tensor {
        let result = Storage.make(count: lines.outer * lines.inner, precision: storage.precision)
        switch storage.precision {
        case .single: lines.multiply(storage.floats, result.floats)
        case .double: lines.multiply(storage.pointer(Double.self), result.pointer(Double.self))
        }
        let node = tracked.map {
            UnaryNode("product", saved: storage, shape: shape, input: $0) { gradient, operand in
                let result = Storage.make(count: operand.count, precision: gradient.precision)
                switch gradient.precision {
                case .single: lines.multiplyOthers(operand.floats, gradient.floats, result.floats)
                case .double:
                    lines.multiplyOthers(
                        operand.pointer(Double.self),
                        gradient.pointer(Double.self),
                        result.pointer(Double.self)
                    )
                }
                return result
            }
        }
        return Tensor(result, shape: shape, node: node)
    }
}

extension Lines {
    fileprivate func multiply<Scalar: Real>(
        _ numbers: UnsafePointer<Scalar>,
        _ products: UnsafeMutablePointer<Scalar>
    ) {
        for row in 0..<outer {
            for column in 0..<inner {
                let line = numbers + row * length * inner + column
                var product = 1.0
                for entry in 0..<length { product *= Double(line[entry * inner]) }
                products[row * inner + column] = Scalar(product)
            }
        }
    }

    /// Writes the gradient of each number: the product of those before it, those behind it and the gradient of the line's.
    fileprivate func multiplyOthers<Scalar: Real>(
        _ numbers: UnsafePointer<Scalar>,
        _ gradient: UnsafePointer<Scalar>,
        _ result: UnsafeMutablePointer<Scalar>
    ) {
        var before = [Double](repeating: 1, count: length)
        for row in 0..<outer {
            for column in 0..<inner {
                let start = row * length * inner + column
                var product = 1.0
                for entry in 0..<length {
                    before[entry] = product
                    product *= Double(numbers[start + entry * inner])
                }
                var behind = Double(gradient[row * inner + column])
                for entry in stride(from: length - 1, through: 0, by: -1) {
                    result[start + entry * inner] = Scalar(before[entry] * behind)
                    behind *= Double(numbers[start + entry * inner])
                }
            }
        }
    }
}
