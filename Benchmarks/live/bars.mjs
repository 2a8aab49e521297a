// Measures, and prints a line for each bar.
//
//     node Benchmarks/live/bars.mjs FOLDER      with native, program.wasm and kernels-….wasm
import { spawn } from "node:child_process";
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { cpus } from "node:os";
import { createInterface } from "node:readline";
import { setFlagsFromString } from "node:v8";
import { gzipSync } from "node:zlib";
import { fileURLToPath } from "node:url";
import { browsers, runBeside, runInPage } from "../../Tests/WebAssembly/pages.mjs";

// Node 20 has relaxed SIMD, but does not offer it by itself.
setFlagsFromString("--experimental-wasm-relaxed-simd");
await import("../../Sources/BrowserRuntime/host.js");
await import("./timing.js");
const text = (name) => readFileSync(new URL(name, import.meta.url), "utf8");
const folder = process.argv[2];
const names = ["program", ...ModuleHost.builds.map((build) => `kernels-${build}`)];
const modules = Object.fromEntries(names.map((name) => [name, readFileSync(`${folder}/${name}.wasm`)]));
const rounds = Number(process.env.ROUNDS ?? 5);

let shortfalls = 0;
const say = (what, measured, bar, holds) => {
    if (!holds) shortfalls += 1;
    console.log(`${holds ? "HOLDS      " : "FALLS SHORT"}  ${what}: ${measured} (bar: ${bar})`);
};
console.log(`${cpus()[0].model.trim()}, ${cpus().length} cores; medians of ${rounds}\n`);

// Products.
const worker = `${text("timing.js")}${text("steps.js")}`;
const sayProducts = (name, speeds) =>
    console.log(`${name}: 64 × 128 × 128 at ${Object.entries(speeds).map(([build, speed]) => `${speed.toFixed(2)} (${build})`).join(", ")} GFLOP/s`);
sayProducts(`node ${process.version.slice(1)}`, timeProducts(modules, rounds));
for (const browser of browsers) {
    if (!browser.program) {
        console.log(`${browser.name}: left out, for it is not installed (${browser.remedy})`);
        continue;
    }
    const speeds = await runInPage(browser, `${worker}found((modules) => timeProducts(modules, ${rounds}));`, modules);
    if (speeds.error) say(browser.name, speeds.error, "runs", false);
    else sayProducts(browser.name, speeds);
    if (browser.name === "WebKit" && speeds.simd) {
        say("exact SIMD in WebKit", `${speeds.simd.toFixed(2)} GFLOP/s`, "0.4", speeds.simd >= 0.4);
    }
}

// Trainings.
const trainings = ["000, 3 epochs", "001", "002", "003", "004"];
const [chromium] = browsers;
if (chromium.program) {
    const native = spawn(`${folder}/native`, {
        env: { ...process.env, UNROLL_KERNELS: "baseline", UNROLL_THREADS: "1" },
        stdio: ["pipe", "pipe", "inherit"],
    });
    const lines = createInterface({ input: native.stdout })[Symbol.asyncIterator]();
    const answer = async (index) => {
        native.stdin.write(`${index}\n`);
        return (await lines.next()).value;
    };
    const work = `found((modules) => timeTrainings(modules, ${JSON.stringify(trainings)}, ${rounds}));`;
    const outcome = await runInPage(chromium, worker + work, modules, answer);
    native.stdin.end();
    if (outcome.error) {
        say("trainings in Chromium", outcome.error, "run", false);
    } else {
        trainings.forEach((name, index) => {
            const [page, own] = [median(outcome.times[index].page), median(outcome.times[index].native)];
            const measured = `${page.toFixed(1)} ms, natively ${own.toFixed(1)}, ${(page / own).toFixed(2)} times`;
            say(`${name} in Chromium against native code`, measured, "2 times", page <= 2 * own);
        });
        say("000 whole in Chromium", `${(outcome.whole / 1000).toFixed(1)} s`, "60 s", outcome.whole <= 60_000);
        const [ours, theirs] = [median(outcome.steps.ours), median(outcome.steps.theirs)];
        const measured = `${ours.toFixed(2)} ms, JavaScript ${theirs.toFixed(2)}, ${(theirs / ours).toFixed(1)} times quicker`;
        say("a training step (32, 50, 32, 64)", measured, "3 times", theirs >= 3 * ours);
    }
}

// What pages load at the first touch.
const site = new URL("../../site/live/", import.meta.url);
const scripts = existsSync(site) ? readdirSync(site).filter((name) => name.endsWith(".js")) : [];
if (scripts.length === 0) console.log("\nsite/live: there are no scripts yet; nothing is said of their sizes");
let sum = 0;
for (const name of scripts) {
    const size = statSync(new URL(name, site)).size;
    const served = gzipSync(readFileSync(new URL(name, site))).length;
    sum += size;
    say(`live/${name}`, `${(size / 1000).toFixed(1)} kB, served ${(served / 1000).toFixed(1)}`, "500, served 450",
        size <= 500_000 && served <= 450_000);
}
const lessons = scripts.map((name) => name.replace(".js", "")).filter((slug) => existsSync(new URL(`../${slug}.html`, site)));
for (const slug of chromium.program ? lessons : []) {
    const script = `${text("touch.js")}touch("/site/${slug}.html").then(found, (error) => found({ error: String(error) }));`;
    const cells = await runBeside(chromium, fileURLToPath(new URL("..", site)), script);
    if (cells.error) say(slug, cells.error, "runs", false);
    else for (const { name, pictures, trains, error } of cells) {
        if (error) {
            say(`${slug}#${name}`, error, "a new picture", false);
            continue;
        }
        const [first, , again] = pictures;
        const start = Math.max(0, first.time - again.time);
        say(`${slug}#${name}, the first touch`, `${start.toFixed(0)} ms more than the same state later`, "500 ms", start <= 500);
        const word = again.shown ? ", with a sign of progress" : "";
        const [bar, allowed] = trains ? ["training: 200 ms, or a sign of progress", 200] : ["100 ms", 100];
        say(`${slug}#${name}, a later touch`, `${again.time.toFixed(0)} ms${word}`, bar,
            again.time <= allowed || (trains && again.shown));
    }
}
if (scripts.length > 0) say("all of live/", `${(sum / 1e6).toFixed(2)} MB`, "5 MB", sum <= 5e6);

console.log(shortfalls === 0 ? "\nEvery bar holds." : `\n${shortfalls} fall short.`);
process.exit(shortfalls === 0 ? 0 : 1);
