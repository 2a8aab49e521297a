#if canImport(Glibc)
    @preconcurrency internal import Glibc
#elseif canImport(Musl)
    @preconcurrency internal import Musl
#endif

/// Reads no line: a lesson has no standard input, and stops here to say so.
@_documentation(visibility: internal)
public func readLine(strippingNewline: Bool = true) -> String? {
    fatalError("a lesson has no standard input to read; put the text into a cell")
}

#if os(Linux)
    /// Stops where the runtime gives up, as after a failed cast.
    ///
    /// The C library's own `abort` leaves no trace of who called it, and the crash report could not name a line.
    @_documentation(visibility: internal)
    @_cdecl("abort") public func abortWithTrace() -> Never {
        // In a release build this is an instruction, and prints nothing after the runtime's own words.
        preconditionFailure()
    }

    /// Has the process print what it was refused when the sandbox's filter refuses a system call, or the system a file
    /// that is too long.
    func explainRefusals() {
        var action = sigaction()
        action.__sigaction_handler.sa_sigaction = { signal, details, _ in
            let call = details?.pointee._sifields._sigsys._syscall ?? 0
            let words =
                switch (signal, call) {
                case (SIGXFSZ, _): "Fatal error: a file is too long for a lesson\n"
                case (_, networkCall): "Fatal error: a lesson has no network\n"
                default: "Fatal error: a lesson cannot start another process\n"
                }
            _ = words.utf8CString.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count - 1) }
            preconditionFailure()
        }
        action.sa_flags = SA_SIGINFO
        for signal in [SIGSYS, SIGXFSZ] { sigaction(signal, &action, nil) }
    }

    /// The number of the system call `socket`.
    #if arch(x86_64)
        private let networkCall: Int32 = 41
    #else
        private let networkCall: Int32 = 198
    #endif
#endif
