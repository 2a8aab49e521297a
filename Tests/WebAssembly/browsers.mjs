// Runs the cases in the worker of a page, in each browser that is installed: the page comes from a server here, and
// sends back what it found.
//
//     node Tests/WebAssembly/browsers.mjs FOLDER      with program.wasm and kernels-….wasm
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { createServer } from "node:http";
import { delimiter, join } from "node:path";
import { tmpdir } from "node:os";
import { readInputs } from "./inputs.mjs";

const { modules, goldens } = readInputs(process.argv[2]);
const text = (name) => readFileSync(new URL(name, import.meta.url), "utf8");
const installed = (...names) =>
    names.flatMap((name) => process.env.PATH.split(delimiter).map((folder) => join(folder, name))).find(existsSync);

const page = `<!doctype html><meta charset="utf-8"><title>Modules</title><script>
const worker = new Worker("/worker.js");
worker.onmessage = ({ data }) => fetch("/found", { method: "POST", body: JSON.stringify(data) });
worker.onerror = (event) =>
    fetch("/found", { method: "POST", body: JSON.stringify({ lines: [], failures: [event.message] }) });
</script>`;
const worker = `${text("../../Sources/BrowserRuntime/host.js")}
${text("cases.js")}
const names = ${JSON.stringify(Object.keys(modules))};
Promise.all(names.map((name) => fetch("/" + name + ".wasm").then((answer) => answer.arrayBuffer())))
    .then((bytes) => Object.fromEntries(names.map((name, index) => [name, bytes[index]])))
    .then((modules) => postMessage(runBuilds(modules, ${JSON.stringify(goldens)})))
    .catch((error) => postMessage({ lines: [], failures: [String(error)] }));`;

let found = () => {};
const server = createServer((request, response) => {
    const send = (type, body) => response.writeHead(200, { "Content-Type": type }).end(body);
    const name = request.url.slice(1).replace(".wasm", "");
    if (request.url === "/") return send("text/html", page);
    if (request.url === "/worker.js") return send("text/javascript", worker);
    if (name in modules) return send("application/wasm", modules[name]);
    if (request.url !== "/found") return response.writeHead(404).end();
    let body = "";
    request.on("data", (part) => (body += part));
    request.on("end", () => {
        send("text/plain", "");
        found(JSON.parse(body));
    });
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const address = `http://127.0.0.1:${server.address().port}/`;

const isRoot = process.getuid() === 0;
const miniBrowser = ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/libexec"]
    .map((folder) => join(folder, "webkit2gtk-4.1/MiniBrowser"))
    .find(existsSync);
const browsers = [
    {
        name: "Chromium",
        remedy: "apt-get install chromium, or CHROMIUM=its path",
        program: process.env.CHROMIUM ?? installed("chromium", "chromium-browser", "google-chrome"),
        options: (profile) =>
            ["--headless=new", "--no-first-run", `--user-data-dir=${profile}`].concat(isRoot ? "--no-sandbox" : []),
    },
    {
        name: "Firefox",
        remedy: "apt-get install firefox-esr",
        program: installed("firefox", "firefox-esr"),
        options: (profile) => ["--headless", "--no-remote", "--profile", profile],
    },
    {
        name: "WebKit",
        remedy: "apt-get install webkit2gtk-driver xvfb dbus",
        program: miniBrowser && installed("xvfb-run"),
        options: () => ["-a", "dbus-run-session", "--", miniBrowser],
        // As root its own sandbox does not start; the page is ours.
        environment: {
            LIBGL_ALWAYS_SOFTWARE: "1",
            WEBKIT_DISABLE_COMPOSITING_MODE: "1",
            ...(isRoot ? { WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1" } : {}),
        },
    },
];

// Opens the page, and returns what it sends.
async function open({ program, options, environment }) {
    const profile = mkdtempSync(join(tmpdir(), "unroll-modules-"));
    const running = spawn(program, [...options(profile), address], {
        detached: true,
        stdio: "ignore",
        env: { ...process.env, HOME: profile, ...environment },
    });
    const answer = new Promise((resolve) => {
        found = resolve;
        running.on("error", (error) => resolve({ lines: [], failures: [String(error)] }));
        setTimeout(() => resolve({ lines: [], failures: ["no answer within five minutes"] }), 300_000).unref();
    });
    const outcome = await answer;
    try {
        process.kill(-running.pid, "SIGKILL");
    } catch {
        // It is gone already.
    }
    // Its processes may write there until the last of them has ended.
    await rm(profile, { recursive: true, force: true, maxRetries: 50, retryDelay: 100 }).catch(() => {});
    return outcome;
}

let failures = 0;
for (const browser of browsers) {
    if (!browser.program) {
        console.log(`${browser.name}: left out, for it is not installed (${browser.remedy})`);
        continue;
    }
    const outcome = await open(browser);
    for (const line of outcome.lines) console.log(`${browser.name}: ${line}`);
    for (const line of outcome.failures) console.log(`✗ ${browser.name}: ${line}`);
    failures += outcome.failures.length;
}
server.close();
process.exit(failures > 0 ? 1 : 0);
