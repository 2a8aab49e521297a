// Makes calls of live cells in the module of a lesson's script, as a page does, and prints the record of each as a line of
// JSON; for one that stopped, its sentence.
//
//     node run.mjs FOLDER SCRIPT SECONDS CALLS      with CALLS, a JSON text: [{ "cell": 0, "values": [3, "a text"] }, …]
//
// FOLDER is a site, SCRIPT the path of the script in it. A call that takes longer than SECONDS ends the run.
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
    const build = ModuleHost.bestBuild();
    load(`live/kernels-${files.kernels}-${build}.js`);
    const bytes = (base64) => gunzipSync(Buffer.from(base64, "base64"));
    const compiled = (base64) => new WebAssembly.Module(bytes(base64));
    const values = files.values && bytes(files.values);
    const host = new ModuleHost(compiled(files.program), compiled(files[`${files.kernels}-${build}`]), values);
    host.begin();
    for (const { cell, values } of JSON.parse(calls)) {
        try {
            host.call(cell, values);
            parentPort.postMessage({ record: host.read("livePrintRecord") });
        } catch (error) {
            parentPort.postMessage({ stopped: host.sentence ?? error.message });
        }
    }
}
