// The modules to be tried, and what native code gave.
import { readFileSync } from "node:fs";

export function readInputs(folder) {
    const golden = (name) =>
        readFileSync(new URL(`../RecurrentTests/Goldens/${name}.txt`, import.meta.url), "utf8");
    const module = (name) => [name, readFileSync(`${folder}/${name}.wasm`)];
    const misuses = golden("Misuse").split("\n");
    return {
        modules: Object.fromEntries(["program", "kernels-relaxed", "kernels-simd", "kernels-scalar"].map(module)),
        goldens: {
            digests: golden("SameBits"),
            losses: golden("ByHandLosses"),
            wideNumbers: golden("WideNumbers"),
            misuse: misuses[misuses.indexOf("[4, 3].matmul([2, 5])") + 1].trim(),
        },
    };
}
