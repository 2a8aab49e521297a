// What every build of the engine has to do, wherever modules run: in node, and in the worker of a page.

// Runs all cases with one build of the kernels, and returns what went wrong and the times.
globalThis.runCases = (program, kernels, build, goldens) => {
    const failures = [];
    const times = {};
    const host = new ModuleHost(program, kernels);
    const { exports } = host;
    const start = host.snapshot();

    const expect = (holds, sentence) => holds || failures.push(sentence);
    const firstDifference = (ours, theirs) => {
        const [a, b] = [ours.split("\n"), theirs.split("\n")];
        const place = a.findIndex((line, index) => line !== b[index]);
        return place < 0 ? `${a.length} lines for ${b.length}` : `"${a[place]}" for "${b[place]}"`;
    };
    const expectText = (ours, theirs, what) =>
        expect(ours === theirs, `${what}: ${ours === theirs || firstDifference(ours, theirs)}`);
    const stops = (call) => {
        try {
            call();
        } catch (error) {
            return `${error}`;
        }
        return failures.push("a call that must stop came back") && "";
    };

    // The five tutorials, and what the native tests hold besides.
    let digests = "";
    for (let index = 0; index < exports.trainingCount(); index++) {
        const begun = performance.now();
        exports.train(index);
        const line = host.takeOutput();
        times[line.split(":")[0]] = performance.now() - begun;
        digests += line;
    }
    expectText(digests, goldens.digests, "weights");
    exports.trainByHand();
    expectText(host.takeOutput(), goldens.losses, "losses by hand");
    exports.printWideNumbers();
    expectText(host.takeOutput(), goldens.wideNumbers, "wide numbers");

    // A state that is put back is the same to the byte, and so is all that follows.
    const trained = () => {
        host.restore(start);
        exports.train(1);
        return { text: host.takeOutput(), ...host.snapshot() };
    };
    const [first, second] = [trained(), trained()];
    expect(goldens.digests.includes(first.text), "a program that was put back trains to other weights");
    expect(
        String(first.stacks) === String(start.stacks) && first.memory.length === second.memory.length
            && first.memory.every((byte, index) => byte === second.memory[index]),
        "two runs from one state leave other bytes",
    );

    // Whatever ends a call: the sentence is said, and the program can be put back.
    const expectStop = (call, sentence, what) => {
        const error = stops(call);
        expect(
            sentence ? (host.sentence ?? "").includes(sentence) : host.sentence === null,
            `${what}: it says "${host.sentence}" (${error})`,
        );
        expect(trained().text === first.text, `${what}: what follows is other than before`);
    };
    expectStop(exports.misuse, goldens.misuse, "a misuse");
    expectStop(exports.exhaust, "there is no room for ", "a tensor of 256 MiB");
    expectStop(() => exports.descend(1), null, "an endless recursion");
    stops(() => exports.fillStack(1));
    expect(exports.__stack_pointer.value < 4096, "a full stack does not reach the end of its memory");
    expectStop(() => exports.fillStack(1), null, "a full stack");

    // A product, and one of more multiply-adds than 32 bits count.
    exports.drawOperands(64, 128, 128);
    const sum = exports.multiply(3) >>> 0;
    const repeats = build === "scalar" ? 3 : 60;
    let best = Infinity;
    for (let round = 0; round < 9; round++) {
        const begun = performance.now();
        exports.multiply(repeats);
        best = Math.min(best, (performance.now() - begun) / repeats);
    }
    if (build === "relaxed") {
        exports.drawOperands(1300, 1300, 1300);
        exports.multiply(1);
    }
    return { build, failures, times, sum, speed: (2 * 64 * 128 * 128) / best / 1e6 };
};

// Runs all builds that this environment can run, and returns lines to print and what went wrong.
globalThis.runBuilds = (modules, goldens) => {
    const results = [];
    const left = [];
    const program = new WebAssembly.Module(modules.program);
    for (const build of ModuleHost.builds) {
        const kernels = modules[`kernels-${build}`];
        if (WebAssembly.validate(kernels)) {
            results.push(runCases(program, new WebAssembly.Module(kernels), build, goldens));
        } else {
            left.push(build);
        }
    }
    const lines = results.map(({ build, times, speed }) => {
        const trainings = Object.entries(times).map(([name, time]) => `${name} ${Math.round(time)} ms`);
        return `${build}: ${speed.toFixed(2)} GFLOP/s; ${trainings.join("; ")}`;
    });
    if (left.length > 0) lines.push(`cannot run: ${left.join(", ")}`);
    const best = ModuleHost.bestBuild();
    lines.push(`would take: ${best}`);
    const failures = results.flatMap(({ build, failures }) => failures.map((line) => `${build}: ${line}`));
    if (new Set(results.map(({ sum }) => sum)).size > 1) failures.push("a product has other bits in another build");
    if (results[0]?.build !== best && !(best === "simd" && results[0]?.build === "relaxed")) {
        failures.push(`the host would take ${best}, where ${results[0]?.build} runs`);
    }
    return { lines, failures };
};
