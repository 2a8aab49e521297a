// What is timed in a page and in node.

const milliseconds = (work) => {
    const begun = performance.now();
    work();
    return performance.now() - begun;
};
globalThis.median = (numbers) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1];

globalThis.makeHost = (modules, build = ModuleHost.bestBuild()) =>
    new ModuleHost(new WebAssembly.Module(modules.program), new WebAssembly.Module(modules[`kernels-${build}`]));

// GFLOP/s of the product 64 × 128 × 128 by each build that runs here.
globalThis.timeProducts = (modules, rounds) =>
    Object.fromEntries(
        ModuleHost.builds.filter((build) => WebAssembly.validate(modules[`kernels-${build}`])).map((build) => {
            const { exports } = makeHost(modules, build);
            exports.drawOperands(64, 128, 128);
            exports.multiply(30);
            const repeats = build === "relaxed" ? 200 : 10;
            const times = Array.from({ length: rounds }, () => milliseconds(() => exports.multiply(repeats)) / repeats);
            return [build, (2 * 64 * 128 * 128) / median(times) / 1e6];
        }),
    );

// The milliseconds of each training, here and natively in turns; of a training step, here and by hand; and of all of 000.
globalThis.timeTrainings = async (modules, names, rounds) => {
    const host = makeHost(modules);
    const { exports } = host;
    const times = names.map(() => ({ page: [], native: [] }));
    for (let round = 0; round <= rounds; round++) {
        for (let index = 0; index < names.length; index++) {
            const page = milliseconds(() => exports.train(index));
            host.takeOutput();
            const native = Number(await (await fetch(`/asked/${index}`)).text());
            // The first round is for the engines to get warm.
            if (round > 0) (times[index].page.push(page), times[index].native.push(native));
        }
    }
    const byHand = makeSteps(32, 50, 32, 64);
    const steps = { ours: [], theirs: [] };
    for (let round = 0; round <= rounds; round++) {
        const [ours, theirs] = [
            milliseconds(() => exports.trainSteps(10)) / 10,
            milliseconds(() => [...Array(10)].forEach(byHand)) / 10,
        ];
        if (round > 0) (steps.ours.push(ours), steps.theirs.push(theirs));
    }
    return { times, steps, whole: milliseconds(() => exports.trainWhole()) };
};
