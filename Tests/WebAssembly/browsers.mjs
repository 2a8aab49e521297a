// Runs the cases in the worker of a page, in each browser that is installed.
//
//     node Tests/WebAssembly/browsers.mjs FOLDER      with program.wasm and kernels-….wasm
import { readFileSync } from "node:fs";
import { readInputs } from "./inputs.mjs";
import { browsers, runInPage } from "./pages.mjs";

const { modules, goldens } = readInputs(process.argv[2]);
const worker = `${readFileSync(new URL("cases.js", import.meta.url), "utf8")}
found((modules) => runBuilds(modules, ${JSON.stringify(goldens)}));`;

let failures = 0;
for (const browser of browsers) {
    if (!browser.program) {
        console.log(`${browser.name}: left out, for it is not installed (${browser.remedy})`);
        continue;
    }
    let outcome = await runInPage(browser, worker, modules);
    // WebKitGTK 2.50 ends now and then, under load, in the middle of compiled code; wrong bits are not tried again.
    if (outcome.error) {
        console.log(`${browser.name}: tried again, after ${outcome.error}`);
        outcome = await runInPage(browser, worker, modules);
    }
    const wrong = outcome.error ? [outcome.error] : outcome.failures;
    for (const line of outcome.lines ?? []) console.log(`${browser.name}: ${line}`);
    for (const line of wrong) console.log(`✗ ${browser.name}: ${line}`);
    failures += wrong.length;
}
process.exit(failures > 0 ? 1 : 0);
