internal import Foundation
internal import Golden
import Recurrent
import Testing
internal import Turns

/// The five tutorials end in the same weights, to the bit, with every build of the kernels and any number of threads.
/// The golden holds for debug and release, and for every machine.
@Suite("The same bits", .inTurns) struct SameBits {
    @Test("come out of the five tutorials, here and now") func golden() throws {
        try expectGolden("SameBits.txt", digests)
    }

    /// `Tests/WebAssembly/train` compares with the same numbers.
    @Test("come out of every epoch of the tutorial by hand") func losses() throws {
        try expectGolden("ByHandLosses.txt", Digests.lossesByHand)
    }

    /// `Tests/WebAssembly/train` compares with the same lines.
    @Test("come out where an Int has 32 bits") func wideNumbers() throws {
        try expectGolden("WideNumbers.txt", WideNumbers.lines)
    }

    #if arch(x86_64)
        @Test(
            "come out of every instruction set and thread count",
            arguments: [("baseline", 2), ("avx2", 1), ("avx2", 7), ("avx512", 2), ("avx512", 7)]
        )
        func variants(kernels: String, threads: Int) async throws {
            let result = await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
                [kernels = kernels as String, threads = threads as Int] in
                // Read when the first kernel runs.
                setenv("UNROLL_KERNELS", kernels, 1)
                setenv("UNROLL_THREADS", "\(threads)", 1)
                print(digests, terminator: "")
            }
            let output = String(decoding: result?.standardOutputContent ?? [], as: UTF8.self)
            try expectGolden("SameBits.txt", String(output.drop { $0 != "0" }))
        }
    #endif
}

/// A line for each training.
private var digests: String {
    Digests.trainings.map { Digests.line($0.name, $0.run()) }.joined()
}
