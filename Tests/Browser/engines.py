"""Opens the page with live cells from a folder in Firefox and in WebKit, Safari's engine, as far as they are installed.

usage: engines.py

A script in the page does what a reader does, and sends what it saw to a server here. The page, its script and the
program are those of live.py.
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
DRIVER = """<script>
addEventListener("load", async () => {
  const seen = [];
  addEventListener("error", (event) => seen.push(event.message));
  for (const [cell, selector, value, pattern] of %s) {
    const control = document.querySelector(`#${cell} ${selector}`);
    if (value === null) control.click();
    else {
      if (control.type === "checkbox") control.checked = value;
      else if (control.options) control.selectedIndex = value;
      else control.value = value;
      control.dispatchEvent(new Event("input", { bubbles: true }));
    }
    const read = () => ["[role=status]", ".output"].map((part) => document.querySelector(`#${cell} ${part}`).textContent);
    const begun = Date.now();
    while (!read().some((text) => new RegExp(pattern).test(text)) && Date.now() - begun < 10000) {
      await new Promise((go) => setTimeout(go, 20));
    }
    const isThere = read().some((text) => new RegExp(pattern).test(text));
    if (!isThere) seen.push(`${cell} ${selector} ${value}: ${read()} for ${pattern}`);
  }
  fetch("http://127.0.0.1:%d/", { method: "POST", mode: "no-cors", body: JSON.stringify(seen) });
});
</script></body>"""


class Engines(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.site = pathlib.Path(cls.folder.name)
        live.write_site(cls.site, live.compiled(), live.compiled("-D", "KERNELS"))

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def seen(self, program, environment={}):
        """What the page saw go wrong in a browser."""
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
        page = self.site / "driven.html"
        driver = DRIVER % (json.dumps(STEPS), server.server_port)
        page.write_text((self.site / "05-live.html").read_text().replace("</body>", driver))
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
        self.assertEqual(self.seen(["xvfb-run", "-a", "dbus-run-session", "--", str(browser)], environment), [])


if __name__ == "__main__":
    unittest.main(verbosity=2)
