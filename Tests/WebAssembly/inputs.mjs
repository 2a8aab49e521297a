// The modules to be tried, and what native code gave.
import { readFileSync } from "node:fs";

export function readInputs(folder) {
    const golden = (name) =>
        readFileSync(new URL(`../RecurrentTests/Goldens/${name}.txt`, import.meta.url), "utf8");
    const module = (build) => [build, readFileSync(`${folder}/${build}.wasm`)];
    const misuses = golden("Misuse").split("\n");
    return {
        modules: Object.fromEntries(["relaxed", "simd", "scalar"].map(module)),
        goldens: {
            digests: golden("SameBits"),
            losses: golden("ByHandLosses"),
            wideNumbers: golden("WideNumbers"),
            misuse: misuses[misuses.indexOf("[4, 3].matmul([2, 5])") + 1].trim(),
        },
    };
}
