// Makes calls of live cells in WebAssembly and natively, and compares what they show and how they stop.
//
//     node Tests/WebAssembly/live.mjs FOLDER      with program.wasm, kernels-simd.wasm and native in it
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

await import("../../Sources/BrowserRuntime/host.js");

const [folder] = process.argv.slice(2);
const program = `${folder}/native`;
const module = (name) => new WebAssembly.Module(readFileSync(`${folder}/${name}.wasm`));
const host = new ModuleHost(module("program"), module("kernels-simd"));
const { exports } = host;
let progress = [];
host.progress = (done, count) => progress.push(`${done}/${count}`);
const cells = ["learn", "draw", "chatter"];
host.begin();

// Calls the module as a page does, from the state in which the lesson's cells have run.
function callModule(cell, values) {
    progress = [];
    try {
        host.call(cells.indexOf(cell), values);
        return { record: host.read("livePrintRecord"), result: host.read("livePrintResult") };
    } catch (error) {
        if (!(error instanceof WebAssembly.RuntimeError)) throw error;
        return { sentence: host.sentence };
    }
}

// Calls the native program, in a process of its own, and puts together what its events say.
function callNative(cell, values) {
    const token = "0123456789abcdef";
    const { stdout, stderr } = spawnSync(program, {
        input: `${token}\n${JSON.stringify({ cell, values })}\n`,
        env: { ...process.env, UNROLL_STREAM: "open" },
        maxBuffer: 1 << 28,
    });
    const mark = `\u001e${token} `;
    const parts = stdout.toString().split(mark);
    if (parts[0] !== "") throw new Error(`a muted print came through: ${parts[0]}`);
    const events = parts.slice(1).map((line) => JSON.parse(line));
    if (!events.some((event) => event.end)) {
        return { sentence: stderr.toString().split("\n").find((line) => line.includes("Fatal error:")) };
    }
    const record = { name: "", outputs: [] };
    let state;
    for (const event of events) {
        if (event.cell) record.name = event.cell;
        if (event.live) record.live = { controls: event.live, states: [] };
        if ("state" in event) record.live.states.push((state = []));
        if (event.statesEnd) {
            record.outputs.push(...record.live.states.at(-1));
            state = undefined;
            record.live.before = record.outputs.length - record.live.states.at(-1).length;
            record.live.end = record.outputs.length;
        }
        if (event.output) (state ?? record.outputs).push(event.output);
    }
    if (record.live) {
        const { before, end, states } = record.live;
        const [first, last] = [record.outputs.slice(0, before), record.outputs.slice(end)];
        record.live = {
            controls: record.live.controls,
            states: states.map((state) => [...first, ...state, ...last]),
        };
    }
    return { record };
}

let failures = 0;
function check(name, isRight, detail = "") {
    if (!isRight) failures += 1;
    console.log(`${isRight ? "✓" : "✗"} ${name}${isRight ? "" : `: ${detail}`}`);
}

for (const [cell, values] of [
    ["learn", [20, 0, 0, 0, "line"]], ["learn", [0, 1, 3, 1, "other"]], ["learn", [30, 1, 9, 0, ""]],
    ["draw", [0, 1]], ["draw", [2, 1]], ["chatter", [0]],
]) {
    const { record, result, sentence } = callModule(cell, values);
    const native = callNative(cell, values);
    const isSame = record && JSON.stringify(record) === JSON.stringify(native.record);
    check(`${cell} ${JSON.stringify(values)} shows the same`, isSame,
        `${sentence ?? JSON.stringify(record).slice(0, 2000)}\n  natively ${JSON.stringify(native).slice(0, 2000)}`);
    if (cell === "learn" && result) {
        const isWhole = result.frames.length === 5 && result.frames[4] === result.html && result.html.includes("<svg");
        check("its frames end with what it shows", isWhole, `${result.frames.length} frames`);
        check("its sentence describes the chart", result.sentence.startsWith("Loss against epoch"), result.sentence);
        check("it says how far it is", progress.at(-1) === "20/20", progress.join(" "));
    }
}

for (const [cell, values, words] of [
    ["learn", [999, 0, 0, 0, "a"], 'live.md:13: Fatal error: "learning rate" has no position 999'],
    ["learn", [0, -1, 0, 0, "a"], 'live.md:13: Fatal error: "looks back" has no position -1'],
    ["learn", [0, 0, 0, 0, "toolongforit"], 'live.md:13: Fatal error: "name" was given a text which has more than 8'],
    ["learn", [0, 0, 0, 0, "<b>"], 'live.md:13: Fatal error: "name" was given a text whose "<" is not in'],
    ["learn", ["a", 0, 0, 0, "a"], 'live.md:13: Fatal error: "learning rate" takes a position'],
    ["draw", [0, 0], "live.md:61: Fatal error: this live function draws random numbers without a seed"],
    ["chatter", [1], "live.md:81: Fatal error: this live function prints more than 64 kB"],
]) {
    for (const [world, call] of [["module", callModule], ["native program", callNative]]) {
        const { sentence } = call(cell, values);
        const said = sentence?.replace(/^.*?live\.md/, "live.md").replace(/^LiveCells\//, "");
        check(`the ${world} refuses ${cell} ${JSON.stringify(values)}`, said?.startsWith(words), said);
    }
}
process.exit(failures === 0 ? 0 : 1);
