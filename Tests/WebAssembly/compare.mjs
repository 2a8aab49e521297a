// Trains tutorial 004 in WebAssembly, and compares each epoch's loss and the final weights with what native code gave.
import { readFileSync } from "node:fs";

const [program, golden] = process.argv.slice(2);
const { instance } = await WebAssembly.instantiate(readFileSync(program));
const { train, lossBits, digest } = instance.exports;
const native = readFileSync(golden, "utf8").trim().split("\n");

const float = (bits) => new Float32Array(new Uint32Array([bits]).buffer)[0];
const hexadecimal = (number, digits) => number.toString(16).padStart(digits, "0");
const ours = [];
for (const seed of [0, 1]) {
    const epochs = train(seed);
    for (let epoch = 0; epoch < epochs; epoch++) {
        ours.push(`seed ${seed}, epoch ${epoch}: ${hexadecimal(lossBits(epoch) >>> 0, 8)}`);
        if (epoch % 50 === 0 || epoch === epochs - 1) {
            const theirs = parseInt(native[ours.length - 1]?.split(": ")[1] ?? "0", 16);
            console.log(`seed ${seed}, epoch ${epoch}: native ${float(theirs)}, wasm ${float(lossBits(epoch))}`);
        }
    }
    ours.push(`seed ${seed}, weights: ${hexadecimal(BigInt.asUintN(64, digest()), 16)}`);
}

const differing = ours.findIndex((line, index) => line !== native[index]);
if (differing >= 0 || ours.length !== native.length) {
    const place = differing >= 0 ? differing : Math.min(ours.length, native.length);
    console.log(`They differ: native has "${native[place]}", WebAssembly "${ours[place]}".`);
    process.exit(1);
}
console.log(`All ${ours.length - 2} losses and the final weights are equal, to the bit.`);
