// Makes calls of live cells in the module of a lesson's script, as a page does, and prints the record of each as a line of
// JSON; for one that stopped, its sentence.
//
//     node run.mjs FOLDER SCRIPT SECONDS CALLS      with CALLS, a JSON text: [{ "cell": 0, "values": [3, "a text"] }, …]
//
// FOLDER is a site, SCRIPT the path of the script in it. A call that takes longer than SECONDS ends the run. The first call
// is made beside each build of the kernels that runs here; the others beside the quickest.
import { readFileSync } from "node:fs";
import { isMainThread, Worker } from "node:worker_threads";
import { gunzipSync } from "node:zlib";

const [folder, script, seconds, calls] = process.argv.slice(2);
const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);

if (isMainThread) {
    const worker = new Worker(new URL(import.meta.url), { argv: process.argv.slice(2) });
    let timer;
    const watch = () => {
        clearTimeout(timer);
        timer = setTimeout(() => {
            say({ stopped: `it took longer than ${seconds} seconds` });
            process.exit(0);
        }, seconds * 1000);
    };
    watch();
    worker.on("message", (line) => {
        say(line);
        watch();
    });
    worker.on("error", (error) => {
        say({ broken: error.message });
        process.exit(1);
    });
    worker.on("exit", () => clearTimeout(timer));
} else {
    const { parentPort } = await import("node:worker_threads");
    await import("./host.js");
    const files = {};
    globalThis.unrollLive = (key, module, kernels, values) => Object.assign(files, { program: module, kernels, values });
    globalThis.unrollKernels = (name, module) => (files[name] = module);
    const load = (path) => new Function(readFileSync(`${folder}/${path}`, "utf8"))();
    globalThis.self = globalThis;
    load(script);
    const bytes = (base64) => gunzipSync(Buffer.from(base64, "base64"));
    const program = new WebAssembly.Module(bytes(files.program));
    const values = files.values && bytes(files.values);
    // What the calls show beside a build of the kernels; nothing where it does not run here, but is whole.
    const answers = (build, calls) => {
        load(`live/kernels-${files.kernels}-${build}.js`);
        const kernels = bytes(files[`${files.kernels}-${build}`]);
        if (build === "relaxed" && !WebAssembly.validate(kernels)) return [];
        const host = new ModuleHost(program, new WebAssembly.Module(kernels), values);
        host.begin();
        return calls.map(({ cell, values }) => () => {
            try {
                host.call(cell, values);
                return { record: host.read("livePrintRecord") };
            } catch (error) {
                return { stopped: host.sentence ?? error.message };
            }
        });
    };
    const list = JSON.parse(calls);
    const best = ModuleHost.bestBuild();
    let first;
    for (const answer of answers(best, list)) {
        const line = answer();
        first ??= JSON.stringify(line);
        parentPort.postMessage(line);
    }
    // Other browsers run other kernels.
    for (const build of ModuleHost.builds.filter((build) => build !== best)) {
        for (const answer of answers(build, list.slice(0, 1))) {
            if (JSON.stringify(answer()) !== first) throw new Error(`beside the ${build} kernels it shows something else`);
        }
    }
}
