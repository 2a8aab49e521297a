/// A program for Linux's seccomp that traps what a lesson must not ask the system for: processes and sockets.
///
/// Without it a lesson that starts processes or opens sockets would go on and misbehave in ways that depend on the
/// machine; with it the lesson stops there with `SIGSYS`. Threads are let pass, and so is what Swift's runtime does
/// to write a crash report. See `linux/seccomp.h` and `linux/bpf_common.h`.
package struct SystemCallFilter: Sendable, Hashable {
    /// The program, as `bwrap --seccomp` reads it.
    package let bytes: [UInt8]

    /// The numbers of an architecture.
    private struct Architecture {
        /// `AUDIT_ARCH_…`.
        var audit: UInt32
        var clone: UInt32
        var socket: UInt32
        /// Calls that only make processes.
        var forks: [UInt32]
    }

    /// The filter for this machine; `nil` where there is none.
    package static let current: SystemCallFilter? = {
        #if os(Linux) && arch(x86_64)
            SystemCallFilter(Architecture(audit: 0xC000_003E, clone: 56, socket: 41, forks: [57, 58]))
        #elseif os(Linux) && arch(arm64)
            SystemCallFilter(Architecture(audit: 0xC000_00B7, clone: 220, socket: 198, forks: []))
        #else
            nil
        #endif
    }()

    /// An instruction of the machine that runs the filter, `struct sock_filter`.
    private struct Instruction {
        var code: UInt16
        var whenTrue: UInt8 = 0
        var whenFalse: UInt8 = 0
        var operand: UInt32

        /// Loads a word of `struct seccomp_data`.
        static func load(_ offset: UInt32) -> Instruction { Instruction(code: 0x20, operand: offset) }
        /// Ends with an answer to the system.
        static func answer(_ value: UInt32) -> Instruction { Instruction(code: 0x06, operand: value) }
        /// Goes on with the next instruction if the word is this one, and skips some otherwise.
        static func ifEqual(_ value: UInt32, otherwiseSkip count: Int = 1) -> Instruction {
            Instruction(code: 0x15, whenFalse: UInt8(count), operand: value)
        }
        /// Goes on with the next instruction if the word has one of these bits, and skips it otherwise.
        static func ifAny(_ bits: UInt32) -> Instruction {
            Instruction(code: 0x45, whenFalse: 1, operand: bits)
        }
        /// Skips the next instruction if the word is this one.
        static func unlessEqual(_ value: UInt32) -> Instruction {
            Instruction(code: 0x15, whenTrue: 1, operand: value)
        }
    }

    private static let allow = Instruction.answer(0x7FFF_0000)
    private static let trap = Instruction.answer(0x0003_0000)
    private static let (number, architecture, firstArgument): (UInt32, UInt32, UInt32) = (0, 4, 16)

    private static func refuse(_ error: UInt32) -> Instruction { .answer(0x0005_0000 | error) }

    private init(_ machine: Architecture) {
        let (threads, vfork): (UInt32, UInt32) = (0x0001_0000, 0x0000_4100)
        let (internet, internet6): (UInt32, UInt32) = (2, 10)
        let (permission, noSuchCall): (UInt32, UInt32) = (13, 38)
        let (allow, trap) = (SystemCallFilter.allow, SystemCallFilter.trap)

        // What comes after one of these calls has been recognized.
        let socket: [Instruction] = [
            .load(SystemCallFilter.firstArgument), .ifEqual(internet), trap, .ifEqual(internet6), trap,
            // The C library asks local services for names, and goes on where there are none.
            SystemCallFilter.refuse(permission),
        ]
        let clone: [Instruction] = [
            .load(SystemCallFilter.firstArgument), .ifAny(threads), allow,
            // Swift's runtime starts the program that writes the crash report in this way, and nothing else does.
            .ifEqual(vfork), allow, trap,
        ]
        var program: [Instruction] = [
            // Another architecture has other numbers, and is none that a lesson is compiled for.
            .load(SystemCallFilter.architecture), .unlessEqual(machine.audit), trap,
            .load(SystemCallFilter.number),
            // The C library asks for `clone3` first, whose flags cannot be seen from here, and makes do with `clone`.
            .ifEqual(435), SystemCallFilter.refuse(noSuchCall),
        ]
        for fork in machine.forks { program += [.ifEqual(fork), trap] }
        program += [.ifEqual(machine.socket, otherwiseSkip: socket.count)] + socket
        program += [.ifEqual(machine.clone, otherwiseSkip: clone.count)] + clone
        program += [allow]
        bytes = program.flatMap { instruction in
            littleEndian(instruction.code) + [instruction.whenTrue, instruction.whenFalse]
                + littleEndian(instruction.operand)
        }
    }
}

private func littleEndian<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
    (0..<Number.bitWidth / 8).map { UInt8(truncatingIfNeeded: number >> Number($0 * 8)) }
}
