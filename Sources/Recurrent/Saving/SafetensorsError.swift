/// A fault in a safetensors file.
public enum SafetensorsError: Error, Equatable, Sendable {
    /// The file ends before its header or its numbers do.
    case truncated(expected: Int, found: Int)
    /// The header says that it is longer than any header may be.
    case headerTooLarge(UInt64)
    /// The header is not what it should be, at a byte counted from its start.
    case malformedHeader(at: Int, expected: String)
    /// A name that two tensors, or two notes, have.
    case duplicateName(String)
    /// A tensor has a name that the format keeps for itself.
    case reservedName(String)
    /// A tensor's numbers are of a kind that is not read.
    case unsupportedType(String, of: String)
    /// A shape has more places than memory can have.
    case shapeTooLarge([Int], of: String)
    /// A tensor's place in the file does not have the size of its shape.
    case wrongSize(of: String, expected: Int, found: Int)
    /// Tensors overlap, or leave a gap, or bytes are left over: one should begin here.
    case gapOrOverlap(at: Int, found: Int)
    /// The model has parameters that the file lacks.
    case missing([String])
    /// The file has tensors that the model lacks.
    case unexpected([String])
    /// A tensor has another shape than the model's parameter.
    case wrongShape(of: String, expected: [Int], found: [Int])
    /// A number of a state is none that it can be.
    case wrongNumber(String, of: String)
    /// The file is none that a checkpoint was saved to.
    case noCheckpoint
    /// The file has a part of training of another kind.
    case otherPart(String, expected: String, found: String)
    /// The file's optimizer has another number of parameters than the program's.
    case otherParameterCount(expected: Int, found: Int)
    /// The file has parts of training that were not given.
    case unlistedParts([String])
    /// A part of training cannot say what its state is.
    case stateless(String)
    /// The file cannot be read, and why the system says that it cannot.
    case unreadable(path: String, reason: String)
    /// The file cannot be written, and why the system says that it cannot. What was there before is still there.
    case unwritable(path: String, reason: String)
}

extension SafetensorsError: CustomStringConvertible {
    /// The fault in one sentence.
    public var description: String {
        switch self {
        case .truncated(let expected, let found):
            "the file has \(found) bytes where \(expected) are needed; was it cut off?"
        case .headerTooLarge(let size):
            "the header is said to have \(size) bytes; at most \(Safetensors.headerLimit) are allowed"
        case .malformedHeader(let place, let expected):
            "the header is malformed at byte \(place): expected \(expected)"
        case .duplicateName(let name): "two entries are called \(name)"
        case .reservedName(let name): "no tensor can be called \(name), which is the name of the file's notes"
        case .unsupportedType(let type, let name):
            "\(name) has numbers of type \(type); F64, F32, F16, BF16, I64, I32, I16, I8, U32, U16, U8 and BOOL can be "
                + "read"
        case .shapeTooLarge(let shape, let name):
            "\(name) has the shape \(Shape.text(shape)), more places than memory can have"
        case .wrongSize(let name, let expected, let found):
            "\(name) needs \(expected) bytes for its shape, but has a place of \(found)"
        case .gapOrOverlap(let expected, let found):
            "a tensor should begin at byte \(expected) of the numbers, but the next begins at \(found)"
        case .missing(let names): "the file lacks \(names.joined(separator: ", "))"
        case .unexpected(let names): "the model has nothing called \(names.joined(separator: ", "))"
        case .wrongShape(let name, let expected, let found):
            "\(name) has the shape \(Shape.text(found)) in the file, \(Shape.text(expected)) in the model"
        case .wrongNumber(let text, let name): "\(name) is \(text), which it cannot be"
        case .noCheckpoint:
            "this is no checkpoint; a file of parameters is loaded by model.loadParameters(from:)"
        case .otherPart(let part, let expected, let found):
            "the file has \(found) as \(part), the program \(expected)"
        case .otherParameterCount(let expected, let found):
            "the file's optimizer has \(found) \(found == 1 ? "parameter" : "parameters"), the program's \(expected)"
        case .unlistedParts(let parts):
            "the file also has the state of \(parts.joined(separator: ", ")); give Checkpoint all that was saved, in the "
                + "same order"
        case .stateless(let kind):
            "\(kind) does not say what its state is; give it a trainingState and restore(_:)"
        case .unreadable(let path, let reason): "\(path) cannot be read: \(reason)"
        case .unwritable(let path, let reason):
            "\(path) cannot be written, and was left as it was: \(reason)"
        }
    }
}
