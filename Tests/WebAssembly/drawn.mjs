// Runs a lesson in WebAssembly, and compares what its cells showed with the record and the page of the native build.
import { readFileSync } from "node:fs";

await import("../../Sources/BrowserRuntime/host.js");

const [folder, site, lesson] = process.argv.slice(2);
const module = (name) => new WebAssembly.Module(readFileSync(`${folder}/${name}.wasm`));
const host = new ModuleHost(module("program"), module("kernels-simd"));
const { exports } = host;
// What the lesson prints is given back to it, as a page does; afterwards it prints what is read here.
const collect = host.print;
host.print = exports.takePrinted;
const started = performance.now();
try {
    exports.__main_argc_argv(0, 0);
} catch (error) {
    console.log(`${lesson}: it stopped. ${host.sentence || error.stack}`);
    process.exit(1);
}
const milliseconds = Math.round(performance.now() - started);

for (const warning of host.warnings) console.log(`warning: ${warning}`);

host.print = collect;
function printed(print) {
    print();
    return host.takeOutput();
}

// The record, output by output.
const counts = {};
function count(kind, isSame, name) {
    const count = (counts[kind] ??= { same: 0, all: 0, first: "" });
    count.all += 1;
    if (isSame) count.same += 1;
    else count.first ||= name;
}
const native = JSON.parse(readFileSync(`${site}/records/${lesson}.json`, "utf8"));
const cells = JSON.parse(printed(exports.printRecord)).cells;
const outputs = (name) => cells.find((cell) => cell.name === name)?.outputs ?? [];
const source = readFileSync(`${site}/downloads/${lesson}.swift`, "utf8");
for (const cell of native.cells) {
    // Cells that must stop are programs of their own.
    if (!source.includes(`beginCell("${cell.name}"`)) continue;
    cell.outputs.forEach((output, place) => {
        const other = outputs(cell.name)[place];
        const [kind] = Object.keys(output);
        if (kind === "figure") count("drawings", `${output.figure.svg}` === `${other?.figure?.svg}`, cell.name);
        const name = kind === "figure" ? "figures with their data" : `${kind}s`;
        count(name, JSON.stringify(output) === JSON.stringify(other), cell.name);
    });
    // Shapes are recorded by calls that a program to take home does without.
    count("cells", JSON.stringify(cell.outputs) === JSON.stringify(outputs(cell.name)), cell.name);
}
(native.expressions ?? []).forEach((value, index) => {
    const name = `{swift} ${index + 1}`;
    count("expressions in prose", outputs(name)[0]?.value.join("\n") === value, name);
});

// The page: what stands around an output there are the caption, the address of its data, and a label made of the caption.
const bare = (html) => html
    .replace(/<figcaption>.*?<\/figcaption>\n/g, "")
    .replace(/<p><a download href="[^"]*">CSV<\/a><\/p>\n/g, "")
    .replace(/(<figure class="tabular">\n<div class="scroll"[^>]*) aria-label="[^"]*"/g, "$1");
const html = bare(readFileSync(`${site}/${lesson}.html`, "utf8"));
let position = 0;
let missing = "";
let found = 0;
for (let cell = 0; cell < exports.cellCount(); cell++) {
    const output = bare(printed(() => exports.printHTML(cell)));
    const place = output && html.indexOf(output, position);
    if (place > 0) {
        found += 1;
        position = place + output.length;
    } else if (output && html.includes(`id="${cells[cell].name}"`)) missing ||= cells[cell].name;
}
const shown = html.split('<div class="output">').length - 1;
counts["outputs of cells as HTML"] = { same: found, all: shown, first: missing };

// What is wrong stops with a sentence, at the author's line.
for (const [call, beginning] of [
    ["drawTooLow", "lesson.md:7: Fatal error: Chart.plotHeight(_:): the height must be between"],
    ["drawTooDeep", "lesson.md:8: Fatal error: HeatMap: the tensor must have 2 axes"],
]) {
    host.sentence = "";
    try {
        exports[call]();
    } catch (error) {
        if (!(error instanceof WebAssembly.RuntimeError)) throw error;
    }
    count("sentences about mistakes", host.sentence.startsWith(beginning), call);
}

let isSame = true;
for (const [kind, { same, all, first }] of Object.entries(counts)) {
    if (same !== all) isSame = false;
    console.log(`${lesson}: ${same} of ${all} ${kind} equal${same === all ? "" : `; the first that differs is in ${first}`}`);
}
console.log(`${lesson}: ${milliseconds} ms`);
process.exit(isSame ? 0 : 1);
