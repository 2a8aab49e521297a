// What stands around a module in a worker or in node: it picks the build that this browser runs best, hears
// what the program prints and why it stops, and puts the program back to an earlier state.

globalThis.ModuleHost = class ModuleHost {
    // The builds of the kernels, the quickest first. All give the same bits.
    static builds = ["relaxed", "simd", "scalar"];

    // The quickest build that runs here, and is exact.
    static bestBuild() {
        if (ModuleHost.#fuses()) return "relaxed";
        return ModuleHost.#isValid(ModuleHost.#simd) ? "simd" : "scalar";
    }

    // A module of one function (f32, f32) → f32, whose body is given, without its end.
    static #probe(body) {
        const code = [0, ...body, 0x0b];
        return new Uint8Array([
            0, 0x61, 0x73, 0x6d, 1, 0, 0, 0,
            1, 7, 1, 0x60, 2, 0x7d, 0x7d, 1, 0x7d,
            3, 2, 1, 0,
            7, 5, 1, 1, 0x66, 0, 0,
            10, code.length + 2, 1, code.length, ...code,
        ]);
    }

    // Lane 0 of f32x4.splat(a).
    static #simd = ModuleHost.#probe([0x20, 0, 0xfd, 0x13, 0xfd, 0x1f, 0]);

    // Lane 0 of f32x4.relaxed_madd(a, a, c).
    static #relaxed = ModuleHost.#probe([
        0x20, 0, 0xfd, 0x13, 0x20, 0, 0xfd, 0x13, 0x20, 1, 0xfd, 0x13, 0xfd, 0x85, 2, 0xfd, 0x1f, 0,
    ]);

    static #isValid(module) {
        return WebAssembly.validate(module);
    }

    // Whether relaxed multiply-adds are there, and round once: (1 + e)² − 1 − 2e is e², which two roundings lose.
    static #fuses() {
        if (!ModuleHost.#isValid(ModuleHost.#relaxed)) return false;
        const { f } = new WebAssembly.Instance(new WebAssembly.Module(ModuleHost.#relaxed)).exports;
        return f(1 + 2 ** -12, -1 - 2 ** -11) === 2 ** -24;
    }

    #bytes = [];
    // The sentences of warnings, in order.
    warnings = [];
    // The sentence with which the program stopped, or null.
    sentence = null;

    // An instance of a compiled module.
    constructor(module) {
        const page = {
            print: (byte) => this.#bytes.push(byte),
            warn: (start, count) => this.warnings.push(this.#text(start, count)),
            stop: (start, count) => (this.sentence = this.#text(start, count)),
        };
        this.exports = new WebAssembly.Instance(module, { page }).exports;
    }

    #text(start, count) {
        return new TextDecoder().decode(new Uint8Array(this.exports.memory.buffer, start, count));
    }

    // What the program printed since this was asked last.
    takeOutput() {
        const text = new TextDecoder().decode(new Uint8Array(this.#bytes));
        this.#bytes = [];
        return text;
    }

    // A copy of the program's state, when no call is under way.
    snapshot() {
        const { memory, __stack_pointer: stack } = this.exports;
        return { memory: new Uint8Array(memory.buffer).slice(), stack: stack.value };
    }

    // Puts the program back to a state, also after a call that was stopped.
    restore({ memory, stack }) {
        const bytes = new Uint8Array(this.exports.memory.buffer);
        bytes.set(memory);
        bytes.fill(0, memory.length);
        this.exports.__stack_pointer.value = stack;
        this.#bytes = [];
        this.warnings = [];
        this.sentence = null;
    }
};
