extension Layer {
    /// The parameters as the bytes of a safetensors file, named as PyTorch names them.
    ///
    /// - Throws: `SafetensorsError.duplicateName` or `.reservedName` if two parameters have one name, or one has a name
    ///   that the format keeps for itself.
    public var parameterBytes: [UInt8] {
        get throws(SafetensorsError) { try Safetensors(namedParameters).bytes }
    }

    /// Takes over the parameters from the bytes of a safetensors file.
    ///
    /// - Throws: `SafetensorsError` if the bytes are no such file, or if names or shapes are not the model's; the
    ///   model is then as it was.
    public func loadParameters(bytes: [UInt8]) throws(SafetensorsError) {
        let file = try Safetensors(bytes: bytes)
        let parameters = namedParameters
        let missing = parameters.map { $0.name }.filter { file[$0] == nil }
        guard missing.isEmpty else { throw .missing(missing) }
        let names = Set(parameters.map { Array($0.name.utf8) })
        let unexpected = file.tensors.map { $0.name }.filter { !names.contains(Array($0.utf8)) }
        guard unexpected.isEmpty else { throw .unexpected(unexpected) }
        for parameter in parameters {
            let found = file[parameter.name]?.shape ?? []
            guard found == parameter.tensor.shape else {
                throw .wrongShape(of: parameter.name, expected: parameter.tensor.shape, found: found)
            }
        }
        for parameter in parameters {
            guard let numbers = file[parameter.name] else { continue }
            parameter.tensor.data = numbers
        }
    }
}

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

#if canImport(Glibc) || canImport(Musl) || canImport(Darwin)
    extension Layer {
        /// Writes the parameters to a safetensors file, which `safetensors.torch.load_file` reads.
        ///
        /// A file that is there already is replaced as a whole, once all is written; so a save that fails or is cut off
        /// leaves the old one.
        ///
        /// - Throws: `SafetensorsError.unwritable` if the file cannot be written.
        public func saveParameters(to path: String) throws(SafetensorsError) {
            let bytes = try parameterBytes
            do throws(SystemFailure) {
                try ReplacedFile(path).write(bytes)
            } catch {
                let hint =
                    error.mayBeWall && path.contains("/")
                    ? ". A lesson of Unroll writes to a scratch folder only: leave the folders out of the name"
                    : ""
                throw .unwritable(path: path, reason: error.reason + hint)
            }
        }

        /// Takes over the parameters from a safetensors file, as `safetensors.torch.save_file` writes it.
        ///
        /// - Throws: `SafetensorsError`; the model is then as it was.
        public func loadParameters(from path: String) throws(SafetensorsError) {
            let hint =
                ". A lesson of Unroll sees what it saved itself, and the files that its front matter lists under data:"
            func unreadable(_ failure: SystemFailure) -> SafetensorsError {
                .unreadable(path: path, reason: failure.reason + (failure.mayBeWall ? hint : ""))
            }
            // Behind a zero the system would not read on, and read another file.
            if path.utf8.contains(0) { throw unreadable(SystemFailure(EINVAL)) }
            guard let file = fopen(path, "rb") else { throw unreadable(.last) }
            defer { fclose(file) }
            var bytes: [UInt8] = []
            var block = [UInt8](repeating: 0, count: 1 << 16)
            while true {
                let count = fread(&block, 1, block.count, file)
                if count == 0 { break }
                bytes += block[..<count]
            }
            guard ferror(file) == 0 else { throw unreadable(.last) }
            try loadParameters(bytes: bytes)
        }
    }
#endif
