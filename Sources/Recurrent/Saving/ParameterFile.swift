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
    /// - Parameter partially: Whether what is missing, left over or of another shape is passed over and reported, instead
    ///   of being an error.
    /// - Returns: What was loaded, and what was not.
    /// - Throws: `SafetensorsError` if the bytes are no such file, or if names or shapes are not the model's; the
    ///   model is then as it was.
    @discardableResult
    public func loadParameters(
        bytes: [UInt8],
        partially: Bool = false
    ) throws(SafetensorsError) -> LoadReport {
        try loadParameters(from: Safetensors(bytes: bytes), partially: partially)
    }

    /// Takes over the parameters from named tensors, as those of a file.
    ///
    ///     let file = try Safetensors(path: "translator.safetensors")
    ///     try lstm.loadParameters(from: file.sublayer("encoder.rnn"))
    ///
    /// A parameter that the model has under several names may be called by any of them. Tensors of whole numbers
    /// that the model lacks are no error: other libraries keep counters there.
    ///
    /// - Parameter partially: Whether what is missing, left over or of another shape is passed over and reported, instead
    ///   of being an error.
    /// - Returns: What was loaded, and what was not.
    /// - Throws: `SafetensorsError` if names or shapes are not the model's; the model is then as it was.
    @discardableResult
    public func loadParameters(
        from file: Safetensors,
        partially: Bool = false
    ) throws(SafetensorsError) -> LoadReport {
        let match = ParameterMatch(structure.allParameters, file)
        if !partially { try match.requireComplete(file) }
        for (tensor, numbers) in match.found {
            tensor.data = numbers
        }
        return match.report
    }
}

#if canImport(Glibc) || canImport(Musl) || canImport(Darwin)
    extension Layer {
        /// Writes the parameters to a safetensors file, which `safetensors.torch.load_file` reads.
        ///
        /// A file that is there already is replaced as a whole, once all is written; so a save that fails or is cut off
        /// leaves the old one.
        ///
        /// - Throws: `SafetensorsError.unwritable` if the file cannot be written.
        public func saveParameters(to path: String) throws(SafetensorsError) {
            try Safetensors.write(parameterBytes, to: path)
        }

        /// Takes over the parameters from a safetensors file, as `safetensors.torch.save_file` writes it.
        ///
        ///     print(try model.loadParameters(from: "pretrained.safetensors", partially: true))
        ///
        /// - Parameter partially: Whether what is missing, left over or of another shape is passed over and reported,
        ///   instead of being an error.
        /// - Returns: What was loaded, and what was not.
        /// - Throws: `SafetensorsError`; the model is then as it was.
        @discardableResult
        public func loadParameters(
            from path: String,
            partially: Bool = false
        ) throws(SafetensorsError) -> LoadReport {
            try loadParameters(from: Safetensors(path: path), partially: partially)
        }
    }
#endif
