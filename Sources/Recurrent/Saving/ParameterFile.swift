extension Layer {
    /// The parameters as the bytes of a safetensors file, named as PyTorch names them.
    public var parameterBytes: [UInt8] { Safetensors(namedParameters).bytes }

    /// Takes over the parameters from the bytes of a safetensors file.
    ///
    /// - Throws: `SafetensorsError` if the bytes are no such file, or if names or shapes are not the model's; the
    ///   model is then as it was.
    public func loadParameters(bytes: [UInt8]) throws(SafetensorsError) {
        let file = try Safetensors(bytes: bytes)
        let parameters = namedParameters
        let missing = parameters.map { $0.name }.filter { file[$0] == nil }
        guard missing.isEmpty else { throw .missing(missing) }
        let names = Set(parameters.map { $0.name })
        let unexpected = file.tensors.map { $0.name }.filter { !names.contains($0) }
        guard unexpected.isEmpty else { throw .unexpected(unexpected) }
        for parameter in parameters {
            let found = file[parameter.name]?.shape ?? []
            guard found == parameter.tensor.shape else {
                throw .wrongShape(of: parameter.name, expected: parameter.tensor.shape, found: found)
            }
        }
        for parameter in parameters {
            if let numbers = file[parameter.name] { parameter.tensor.data = numbers }
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
        /// - Throws: `SafetensorsError.inaccessible` if the file cannot be written.
        public func saveParameters(to path: String) throws(SafetensorsError) {
            guard let file = fopen(path, "wb") else { throw .inaccessible(path: path) }
            let bytes = parameterBytes
            let written = fwrite(bytes, 1, bytes.count, file)
            // Numbers that are still on their way may fail to arrive.
            guard fclose(file) == 0, written == bytes.count else { throw .inaccessible(path: path) }
        }

        /// Takes over the parameters from a safetensors file, as `safetensors.torch.save_file` writes it.
        ///
        /// - Throws: `SafetensorsError`; the model is then as it was.
        public func loadParameters(from path: String) throws(SafetensorsError) {
            guard let file = fopen(path, "rb") else { throw .inaccessible(path: path) }
            defer { fclose(file) }
            var bytes: [UInt8] = []
            var block = [UInt8](repeating: 0, count: 1 << 16)
            while true {
                let count = fread(&block, 1, block.count, file)
                if count == 0 { break }
                bytes += block[..<count]
            }
            guard ferror(file) == 0 else { throw .inaccessible(path: path) }
            try loadParameters(bytes: bytes)
        }
    }
#endif
