// Runs the cases in node.
//
//     node Tests/WebAssembly/node.mjs FOLDER      with program.wasm and kernels-….wasm
import { setFlagsFromString } from "node:v8";
import { readInputs } from "./inputs.mjs";

// Node 20 has relaxed SIMD, but does not offer it by itself.
setFlagsFromString("--experimental-wasm-relaxed-simd");
await import("../../Sources/BrowserRuntime/host.js");
await import("./cases.js");

const { modules, goldens } = readInputs(process.argv[2]);
const { lines, failures } = runBuilds(modules, goldens);
for (const line of lines) console.log(`node ${process.version.slice(1)}: ${line}`);
for (const line of failures) console.log(`✗ ${line}`);
process.exitCode = failures.length > 0 ? 1 : 0;
