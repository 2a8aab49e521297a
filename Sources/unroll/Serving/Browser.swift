internal import Subprocess

/// The reader's browser.
enum Browser {
    #if os(macOS)
        private static let opener = "open"
    #else
        private static let opener = "xdg-open"
    #endif

    /// Opens an address, and says so where that fails.
    static func open(_ address: String) async {
        let result = try? await Subprocess.run(
            .name(opener),
            arguments: [address],
            output: .discarded,
            error: .discarded
        )
        if result?.terminationStatus.isSuccess != true {
            Terminal.say("no browser could be opened; the address is \(address)")
        }
    }
}
