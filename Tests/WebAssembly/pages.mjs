// Runs a worker in a page of each browser that is installed: the page comes from a server here, and sends back what the
// worker found.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { createServer } from "node:http";
import { delimiter, extname, join, normalize } from "node:path";
import { tmpdir } from "node:os";

const installed = (...names) =>
    names.flatMap((name) => process.env.PATH.split(delimiter).map((folder) => join(folder, name))).find(existsSync);
const isRoot = process.getuid() === 0;
const miniBrowser = ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/libexec"]
    .map((folder) => join(folder, "webkit2gtk-4.1/MiniBrowser"))
    .find(existsSync);

export const browsers = [
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

const page = `<!doctype html><meta charset="utf-8"><title>Modules</title><script>
const worker = new Worker("/worker.js");
worker.onmessage = ({ data }) => fetch("/found", { method: "POST", body: JSON.stringify(data) });
worker.onerror = (event) => fetch("/found", { method: "POST", body: JSON.stringify({ error: event.message }) });
</script>`;

// The start of a worker: the host, and the given modules compiled or as bytes.
const beginning = (names) => `${readFileSync(new URL("../../Sources/BrowserRuntime/host.js", import.meta.url), "utf8")}
const modules = (async () => {
    const read = async (name) => [name, await (await fetch("/" + name + ".wasm")).arrayBuffer()];
    return Object.fromEntries(await Promise.all(${JSON.stringify(names)}.map(read)));
})();
const found = (work) => modules.then(work).then(postMessage, (error) => postMessage({ error: error + " " + error?.stack }));
`;

// Returns what a worker found in a browser, or `{ error }`. Its text calls `found(modules => …)`; what it fetches from
// /asked/… is answered by `answer`.
export const runInPage = (browser, worker, modules, answer = () => "") =>
    open(browser, page, async (name) => {
        if (name === "worker.js") return ["text/javascript", beginning(Object.keys(modules)) + worker];
        if (name.endsWith(".wasm")) return ["application/wasm", modules[name.replace(".wasm", "")]];
        return ["text/plain", name.startsWith("asked/") ? await answer(name.slice(6)) : ""];
    });

// Returns what the script of a page found beside the pages of a folder, which stand under /site/.
export const runBeside = (browser, folder, script) =>
    open(browser, `<!doctype html><meta charset="utf-8"><title>Pages</title><body><script>
        const found = (answer) => fetch("/found", { method: "POST", body: JSON.stringify(answer) });
        ${script}
        </script>`, (name) => {
        const path = join(folder, normalize(`/${name.replace("site/", "")}`));
        const types = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };
        return [types[extname(path)] ?? "application/octet-stream", existsSync(path) ? readFileSync(path) : ""];
    });

async function open({ program, options, environment }, page, file) {
    let take;
    const outcome = new Promise((resolve) => (take = resolve));
    const server = createServer(async (request, response) => {
        const send = (type, body) => response.writeHead(200, { "Content-Type": type }).end(body);
        const { pathname } = new URL(request.url, "http://localhost");
        if (pathname === "/") return send("text/html", page);
        if (pathname !== "/found") return send(...(await file(decodeURIComponent(pathname.slice(1)))));
        let body = "";
        request.on("data", (part) => (body += part));
        request.on("end", () => {
            send("text/plain", "");
            take(JSON.parse(body));
        });
    });
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    const profile = mkdtempSync(join(tmpdir(), "unroll-modules-"));
    const running = spawn(program, [...options(profile), `http://127.0.0.1:${server.address().port}/`], {
        detached: true,
        stdio: "ignore",
        env: { ...process.env, HOME: profile, ...environment },
    });
    running.on("error", (error) => take({ error: String(error) }));
    setTimeout(() => take({ error: "no answer within three minutes" }), 180_000).unref();
    const result = await outcome;
    try {
        process.kill(-running.pid, "SIGKILL");
    } catch {
        // It is gone already.
    }
    server.close();
    server.closeAllConnections?.();
    // Its processes may write there until the last of them has ended.
    await rm(profile, { recursive: true, force: true, maxRetries: 50, retryDelay: 100 }).catch(() => {});
    return result;
}
