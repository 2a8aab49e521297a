// What stands around a module in a worker or in node: it picks the kernels that this browser runs best, hears
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
    #kernels;
    // The sentences of warnings, in order.
    warnings = [];
    // The sentence with which the program stopped, or null.
    sentence = null;
    // What takes a byte that the program prints, and how much of a call's work is done; others may stand here.
    print = (byte) => this.#bytes.push(byte);
    progress = (done, of) => {};

    // An instance of a compiled module, beside one of the kernels in the same memory. Kernels come first, so that the
    // program calls them without a step in between. Bytes of values that built cells computed come last, if any.
    constructor(module, kernels, values) {
        const memory = new WebAssembly.Memory({ initial: 32, maximum: 4096 });
        const page = {
            print: (byte) => void this.print(byte),
            warn: (start, count) => this.warnings.push(this.#text(start, count)),
            stop: (start, count) => (this.sentence = this.#text(start, count)),
            progress: (done, of) => this.progress(done, of),
            values: (place) =>
                place ? new Uint8Array(memory.buffer, place).set(new Uint8Array(values)) : values.byteLength,
        };
        let program;
        const posix_memalign = (result, alignment, size) => program.posix_memalign(result, alignment, size);
        const free = (bytes) => program.free(bytes);
        const instance = (module, env) => new WebAssembly.Instance(module, { page, env: { memory, ...env } }).exports;
        this.#kernels = kernels && instance(kernels, { posix_memalign, free });
        program = instance(module, this.#kernels);
        this.exports = { memory, ...program };
    }

    get #stacks() {
        return [this.exports, this.#kernels].map((exports) => exports?.__stack_pointer);
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
        const memory = new Uint8Array(this.exports.memory.buffer).slice();
        return { memory, stacks: this.#stacks.map((stack) => stack?.value) };
    }

    // Puts the program back to a state, also after a call that was stopped.
    restore({ memory, stacks }) {
        const bytes = new Uint8Array(this.exports.memory.buffer);
        bytes.set(memory);
        bytes.fill(0, memory.length);
        this.#stacks.forEach((stack, index) => stack && (stack.value = stacks[index]));
        this.#bytes = [];
        this.warnings = [];
        this.sentence = null;
    }

    // MARK: Live cells

    #begun;

    // Runs the cells that live ones need, after which each call begins.
    begin() {
        this.#hear();
        this.exports.__main_argc_argv(0, 0);
        this.#begun = this.snapshot();
    }

    // Makes a call of a live cell, by its index; a control's value is a position, or the text of a field.
    call(cell, values) {
        const { exports } = this;
        this.restore(this.#begun);
        this.#hear();
        exports.liveSelect(cell);
        values.forEach((value, control) => {
            if (typeof value === "number") return exports.liveSet(control, value);
            exports.liveText(control);
            new TextEncoder().encode(value).forEach((byte) => exports.liveTextByte(byte));
        });
        exports.liveRun();
    }

    // What a function of the program prints about the call, such as "livePrintResult": JSON.
    read(name) {
        this.print = (byte) => {
            if (this.#bytes.push(byte) > 2 ** 25) throw new RangeError("it showed more than a page takes");
        };
        this.exports[name]();
        return JSON.parse(this.takeOutput());
    }

    // What cells print goes back to the program, which keeps it.
    #hear() {
        this.print = (byte) => this.exports.liveTakePrinted(byte);
    }
};
