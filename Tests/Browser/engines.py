"""Opens pages with live cells from a folder in Firefox and in WebKit, Safari's engine, as far as they are installed.

usage: engines.py

A script in the page does what a reader does, and sends what it saw to a server here. One page, its script and its
program are those of live.py; the other is the course's page of live cells, whose answers are compared with those of native code.
"""

import contextlib
import http.server
import json
import os
import pathlib
import queue
import shutil
import signal
import subprocess
import tempfile
import threading
import unittest

import cells
import live

WEBKIT = [
    path / "webkit2gtk-4.1/MiniBrowser"
    for path in map(pathlib.Path, ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/libexec"])
]
# What a reader does, and what is to be read then: the control's cell, its place among the cell's, its value, a pattern.
STEPS = [
    ("learn", "[type=submit]", None, "The same 2 as at the build, to the bit"),
    ("learn", "[type=range]", 41, "positions 41 3 0 1 hello 2"),
    ("learn", "[type=number]", 7, "positions 41 7 0 1 hello 2"),
    ("learn", "select", 1, "positions 41 7 1 1 hello 2"),
    ("learn", "[type=checkbox]", False, "positions 41 7 1 0 hello 2"),
    ("learn", "[type=text]", "a, é", "positions 41 7 1 0 a, é 2"),
    ("learn", "[data-figure]", 0, "positions 41 7 1 0 a, é 0"),
    ("behave", "select", 2, "do not fit <b>"),
    ("behave", "select", 3, "[Uu]nreachable"),
    ("behave", "select", 1, "^$"),
    ("behave", "select", 5, "frame 2"),
    ("behave", "select", 0, "The same as at the build"),
    ("built", "select", 1, "State 4"),
    ("motion", "[type=range]", 50, "Frame 5"),
    ("learn", "[type=reset]", None, "The same 2 as at the build, to the bit"),
]
# Begins each driver: what goes wrong is seen, and what is waited for has ten seconds.
OPENING = """<script>
const seen = [];
addEventListener("error", (event) => seen.push(event.message));
const send = () => fetch("http://127.0.0.1:PORT/", { method: "POST", mode: "no-cors", body: JSON.stringify(seen) });
const wait = async (name, isThere) => {
  const begun = Date.now();
  while (!isThere() && Date.now() - begun < 10000) await new Promise((go) => setTimeout(go, 20));
  if (!isThere()) seen.push(name());
};
const set = (control, value) => {
  if (value === null) return control.click();
  if (control.type === "checkbox") control.checked = value;
  else if (control.options) control.selectedIndex = value;
  else control.value = value;
  control.dispatchEvent(new Event("input", { bubbles: true }));
};
"""
SAMPLE = """
addEventListener("load", async () => {
  for (const [cell, selector, value, pattern] of STEPS) {
    set(document.querySelector(`#${cell} ${selector}`), value);
    const read = () => ["[role=status]", ".output"].map((part) => document.querySelector(`#${cell} ${part}`).textContent);
    await wait(() => `${cell} ${selector} ${value}: ${read()} for ${pattern}`, () => read().some((text) => new RegExp(pattern).test(text)));
  }
  send();
});
</script></body>"""
# What a state that the build recorded puts in is digested here.
COURSE = """
const parse = DOMParser.prototype.parseFromString;
DOMParser.prototype.parseFromString = function (html, type) {
  crypto.subtle.digest("SHA-256", new TextEncoder().encode(window.taken = html)).then((hash) => {
    if (window.taken === html) window.shown = [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, 0)).join("");
  });
  return parse.call(this, html, type);
};
addEventListener("load", async () => {
  const find = (selector) => document.querySelector(selector);
  for (const [cell, values, digest] of STEPS) {
    const form = find(`#${cell} form`);
    const inputs = [...form.querySelectorAll(".control:not(.player) > label > :is(input, select)")];
    const isSteps = (input) => /range|number/.test(input.type);
    inputs.forEach((input, index) => set(input, isSteps(input) ? +input.min + values[index] * input.step : values[index]));
    const read = () => form.dataset.states ? window.shown : form.dataset.digest;
    await wait(() => `${cell} ${values}: ${read()} for ${digest}: ${form.textContent}`, () => read() === digest);
  }
  const datum = find("#live-map .datum .target").getBoundingClientRect();
  find("#live-map .marks rect").dispatchEvent(new MouseEvent("click", { bubbles: true, clientX: datum.x - 20, clientY: datum.y }));
  await wait(() => "the cell of a figure is not chosen", () => find("#live-built select").selectedIndex === 0);
  find("#animation .play").click();
  await wait(() => "the animation does not play", () => find("#animation [type=range]").value === "15");
  dispatchEvent(new KeyboardEvent("keydown", { key: "/" }));
  await wait(() => "the search does not open", () => find("dialog.finder").open);
  set(find(".finder input"), "recurrent");
  await wait(() => "nothing is found", () => find("[role=option]"));
  find("dialog.finder").close();
  const paper = () => getComputedStyle(document.documentElement).backgroundColor;
  const before = paper();
  find("button.theme").click();
  await wait(() => "the theme does not change", () => paper() !== before);
  const name = [...document.querySelectorAll("pre [data-note]")].find((name) => name.checkVisibility());
  name.dispatchEvent(new PointerEvent("pointerover", { bubbles: true }));
  await wait(() => "no note comes", () => find("#card").textContent.includes(name.textContent));
  send();
});
</script></body>"""


def course_steps():
    """Each control of the page of live cells at an end, and back."""
    return [
        (cell, state["values"], state["digest"])
        for cell, (first, *others) in cells.states("live-cells").items()
        for state in [*others, first]
    ]


class Engines(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.site = pathlib.Path(cls.folder.name)
        live.write_site(cls.site, live.compiled(), live.compiled("-D", "KERNELS"))
        cls.course = cls.site / "course"
        shutil.copytree(cells.SITE, cls.course, ignore=shutil.ignore_patterns("records", "downloads", "reference"))

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def seen(self, program, environment={}):
        """What went wrong in a browser, on both pages."""
        sample = self.driven(self.site / "05-live.html", SAMPLE, STEPS, program, environment)
        return sample + self.driven(self.course / "live-cells.html", COURSE, course_steps(), program, environment)

    def driven(self, path, driver, steps, program, environment):
        """What a page saw go wrong in a browser."""
        answers = queue.Queue()

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                answers.put(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_):
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page = path.with_name("driven.html")
        script = (OPENING + driver.replace("STEPS", json.dumps(steps))).replace("PORT", str(server.server_port))
        page.write_text(path.read_text().replace("</body>", script))
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
            browser = subprocess.Popen(
                [word.format(profile=profile) for word in program] + [page.as_uri()],
                env={**os.environ, "HOME": profile, **environment},
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            try:
                return answers.get(timeout=120)
            except queue.Empty:
                return ["no answer within two minutes"]
            finally:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(browser.pid, signal.SIGKILL)
                browser.wait()
                server.shutdown()
                server.server_close()

    def test_firefox(self):
        firefox = shutil.which("firefox") or shutil.which("firefox-esr")
        if not firefox:
            self.skipTest("not installed: apt-get install firefox-esr")
        self.assertEqual(self.seen([firefox, "--headless", "--no-remote", "--profile", "{profile}"]), [])

    def test_webkit(self):
        browser = next((path for path in WEBKIT if path.exists()), None)
        if not browser or not shutil.which("xvfb-run"):
            self.skipTest("not installed: apt-get install webkit2gtk-driver xvfb dbus")
        environment = {"LIBGL_ALWAYS_SOFTWARE": "1", "WEBKIT_DISABLE_COMPOSITING_MODE": "1"}
        # As root its own sandbox does not start; the page is ours.
        if os.getuid() == 0:
            environment["WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS"] = "1"
        program = ["xvfb-run", "-a", "dbus-run-session", "--", str(browser)]
        found = self.seen(program, environment)
        if found:
            # WebKitGTK now and then ends by itself, or stops a program that it runs well before and after.
            print(f"WebKit is tried once more, after: {found}", flush=True)
            found = self.seen(program, environment)
        self.assertEqual(found, [])


if __name__ == "__main__":
    unittest.main(verbosity=2)
