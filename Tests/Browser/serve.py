"""Writes a lesson while its page is open in Chromium, and holds `unroll serve` to what an author sees.

usage: serve.py [SHOTS]      with the browser's path in CHROMIUM; SHOTS is a folder for pictures of the overlay
"""

import json
import os
import pathlib
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import unittest

import axe_playwright_python
from playwright.sync_api import sync_playwright

ROOT = pathlib.Path(__file__).resolve().parents[2]
SHOTS = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else None
AXE = (pathlib.Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()

PARAGRAPH = "A paragraph that is there to be scrolled over, and says no more than that. " * 6
LESSON = f"""---
title: Sums
summary: Adding.
---

The first words.

{(PARAGRAPH + chr(10) * 2) * 6}
## The middle

The words in the middle.

```swift model name=sum
let numbers = Tensor([1, 2, 3])
print("the numbers:", numbers.scalars)
```

{(PARAGRAPH + chr(10) * 2) * 12}
"""


class Serving(unittest.TestCase):
    """One server, one browser, and a lesson that each test finds as it was."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="unroll serve ")
        cls.lesson = pathlib.Path(cls.folder.name) / "lessons" / "01-sums.md"
        cls.lesson.parent.mkdir()
        cls.lesson.write_text(LESSON)
        command = [os.environ.get("UNROLL", ROOT / "unroll"), "serve", "--port", "0"]
        command += ["--lessons", cls.lesson.parent, "--out", cls.lesson.parent.parent / "site"]
        cls.server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        cls.address = re.match(r"→ (\S+)", cls.server.stdout.readline()).group(1)
        cls.playwright = sync_playwright().start()
        cls.browser = cls.playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=["--no-sandbox"])

    @classmethod
    def tearDownClass(cls):
        cls.browser.close()
        cls.playwright.stop()
        cls.server.send_signal(signal.SIGINT)
        assert cls.server.wait(timeout=20) == 0, "Ctrl-C ends it with 0"
        cls.server.stdout.close()
        cls.folder.cleanup()

    def setUp(self):
        self.write(LESSON)

    def write(self, text):
        aside = self.lesson.with_suffix(".tmp")
        aside.write_text(text)
        aside.rename(self.lesson)

    def open(self, words="The first words.", **options):
        # Closed with the browser: Chromium can wait for ever for a page that reloads while its context is closed.
        context = self.browser.new_context(**options)
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.goto(self.address + "01-sums.html")
        self.see(page, words)
        page.wait_for_selector("#state.ready", state="attached")
        return page

    def see(self, page, words):
        page.wait_for_function("words => document.querySelector('main')?.innerText.includes(words)", arg=words)

    def misspell(self, page):
        self.write(LESSON.replace("numbers.scalars)", "numbers.scalrs)"))
        page.wait_for_selector("#overlay:not([hidden])")


class Edits(Serving):
    def test_prose_changes_and_the_place_stays(self):
        page = self.open()
        page.locator("#the-middle").evaluate("element => element.scrollIntoView({ block: 'start' })")
        page.mouse.wheel(0, 120)
        page.wait_for_timeout(300)
        top = "document.getElementById('the-middle').getBoundingClientRect().top"
        before = page.evaluate(top)
        # What comes above makes the page longer, and must not move what is read.
        self.write(LESSON.replace("The first words.", "Other words.\n\n" + PARAGRAPH))
        self.see(page, "Other words.")
        page.wait_for_timeout(300)
        self.assertAlmostEqual(page.evaluate(top), before, delta=2)
        self.assertGreater(page.evaluate("scrollY"), 200)

    def test_an_edit_of_prose_is_on_the_page_about_as_soon_as_a_reload(self):
        page = self.open()
        edits, reloads = [], []
        for turn in range(5):
            words = f"Words of turn {turn}."
            begun = time.monotonic()
            self.write(LESSON.replace("The first words.", words))
            self.see(page, words)
            edits.append(1000 * (time.monotonic() - begun))
            begun = time.monotonic()
            page.reload()
            self.see(page, words)
            reloads.append(1000 * (time.monotonic() - begun))
        for name, times in [("an edit of prose to the page", edits), ("a reload", reloads)]:
            print(f"{name}: " + ", ".join(f"{one:.0f}" for one in times), "ms")
        # Whatever else the machine does takes time from both.
        self.assertLess(min(edits), 8 * statistics.median(reloads))

    def test_outputs_come_in_without_a_word_from_the_reader(self):
        page = self.open()
        self.write(LESSON.replace("[1, 2, 3]", "[4, 5, 6]"))
        self.see(page, "[4.0, 5.0, 6.0]")

    def test_the_look_changes_with_the_theme(self):
        page = self.open()
        theme = self.lesson.parent.parent / "theme"
        theme.mkdir()
        self.addCleanup(theme.rmdir)
        self.addCleanup((theme / "extra.css").unlink)
        (theme / "extra.css").write_text("h1 { color: rgb(1, 2, 3); }")
        color = "[...document.querySelectorAll('h1')].map(title => getComputedStyle(title).color)"
        page.wait_for_function(f"{color}[0] === 'rgb(1, 2, 3)'")


# A lesson whose live cell runs in the page; the first edit of it begins what a module takes.
LIVE = LESSON + """
```swift model name=turn
live(Slider("times", 0...5, step: 1, initially: 2)) { times in print("it is", times * 3) }
```
"""


class LiveCells(Serving):
    """A live cell is edited while its page is open."""

    def put(self, page, value):
        page.locator("#turn .slider input").evaluate(
            "(input, value) => { input.value = value; input.dispatchEvent(new Event('input', { bubbles: true })) }", value
        )

    def test_the_page_is_new_first_and_then_what_moves_in_it(self):
        self.write(LIVE)
        page = self.open("it is 6")
        self.answers(page, 4, "it is 12")
        begun = time.monotonic()
        self.write(LIVE.replace("times * 3", "times * 5"))
        self.see(page, "it is 10")
        shown = time.monotonic() - begun
        # Until its program is there, the page says so and stays as it is.
        self.put(page, 3)
        page.wait_for_function("document.querySelector('#turn [role=status]').textContent")
        said = page.locator("#turn [role=status]").text_content()
        if "it is 15" not in page.locator("#turn .output").inner_text():
            self.assertRegex(said, "two builds|could not be loaded")
            self.assertIn("it is 10", page.locator("#turn .output").inner_text())
        self.answers(page, 4, "it is 20")
        print(f"an edit of a live cell: on the page after {shown:.1f} s, live after {time.monotonic() - begun:.1f} s")

    def answers(self, page, value, words):
        """Touches the control until it is answered."""
        for turn in range(120):
            self.put(page, value - turn % 2)
            self.put(page, value)
            try:
                page.wait_for_function(
                    "words => document.querySelector('#turn .output').innerText.includes(words)", arg=words, timeout=500
                )
                return
            except Exception:
                pass
        self.fail(f"{words} does not come: {page.locator('#turn [role=status]').text_content()}")


class Overlay(Serving):
    def test_it_says_what_is_wrong_and_goes_when_that_is_mended(self):
        page = self.open()
        self.misspell(page)
        said = page.locator("#overlay").inner_text()
        line = 1 + LESSON.splitlines().index('print("the numbers:", numbers.scalars)')
        self.assertIn(f"lessons/01-sums.md:{line}:31", said)
        self.assertIn("1 error", said)
        self.assertIn("scalrs", said)
        caret = page.locator(".caret").bounding_box()
        column = page.locator("#overlay pre").evaluate(
            """source => {
                const range = document.createRange()
                range.setStart(source.childNodes[2], 0)
                range.setEnd(source.childNodes[2], 1)
                return range.getBoundingClientRect().left
            }"""
        )
        self.assertAlmostEqual(caret["x"], column, delta=1)
        self.see(page, "[1.0, 2.0, 3.0]")
        self.write(LESSON.replace("numbers.scalars)", "numbers.scalars, 7)"))
        page.wait_for_selector("#overlay", state="hidden")
        self.see(page, "[1.0, 2.0, 3.0] 7")

    def test_it_is_worked_by_keyboard(self):
        page = self.open()
        self.misspell(page)
        page.keyboard.press("Escape")
        page.wait_for_selector("#overlay", state="hidden")
        show = page.get_by_role("button", name="1 error")
        show.focus()
        page.keyboard.press("Enter")
        page.wait_for_selector("#overlay:not([hidden])")
        page.get_by_role("button", name="Dismiss").focus()
        page.keyboard.press("Enter")
        page.wait_for_selector("#overlay", state="hidden")
        self.assertTrue(show.evaluate("button => button.getRootNode().activeElement === button"))
        # It stays away until something else is wrong.
        page.reload()
        page.wait_for_selector("#show:not([hidden])")
        self.assertTrue(page.locator("#overlay").is_hidden())
        self.write(LESSON.replace("numbers.scalars)", "numbrs.scalars)"))
        page.wait_for_selector("#overlay:not([hidden])")

    def test_axe_finds_no_violation_light_and_dark(self):
        for scheme in "light", "dark":
            for width in 1440, 820, 390:
                with self.subTest(scheme=scheme, width=width):
                    self.write(LESSON)
                    page = self.open(color_scheme=scheme, viewport={"width": width, "height": 900})
                    self.misspell(page)
                    page.evaluate(AXE)
                    found = page.evaluate("axe.run().then(result => result.violations)")
                    self.assertEqual([f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in found], [])
                    self.assertLessEqual(page.evaluate("document.scrollingElement.scrollWidth"), width)
                    if SHOTS:
                        page.screenshot(path=SHOTS / f"overlay-{scheme}-{width}.png")
                    page.context.close()


# What runs a script, or would, if it came into a page as it is.
FIGURES = [
    "<svg></svg><img src='nope' onerror='ran(1)'>",
    "<svg onload='ran(2)'></svg>",
    "<svg><script>ran(3)</script></svg>",
    "<svg><foreignObject><img src='nope' onerror='ran(4)'></foreignObject></svg>",
    "<svg><title><img src='nope' onerror='ran(5)'></title></svg>",
    "<svg><image href='nope' onerror='ran(6)'/></svg>",
    "<svg><animate attributeName='x' dur='1ms' onbegin='ran(7)'/></svg>",
    "<svg><set attributeName='x' onbegin='ran(8)'/></svg>",
    "<svg><g tabindex='0' onfocus='ran(9)' autofocus=''/></svg>",
    "<svg><desc><iframe srcdoc='<script>parent.ran(10)</script>'></iframe></desc></svg>",
    "<svg><use href=\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' id='a' onload='ran(11)'/>#a\"/></svg>",
    "<svg><!--><img src='nope' onerror='ran(12)'>--></svg>",
    "<svg><![CDATA[><img src='nope' onerror='ran(13)'>]]></svg>",
    "<svg><g></svg><p><img src='nope' onerror='ran(14)'>",
    "<svg><style><img src='nope' onerror='ran(15)'></style></svg>",
    "<svg><math><mi><img src='nope' onerror='ran(16)'></mi></math></svg>",
    "<svg><a href='java&#10;script:ran(17)'><text y='20'>press</text></a></svg>",
    "<svg><g style='animation: x 1ms' onanimationend='ran(18)'/><style>@keyframes x { to { opacity: 0 } }</style></svg>",
    "<svg aria-label='\"><img src=nope onerror=ran(19)>'></svg><img/src=nope/onerror=ran(19)>",
    "<ſvg></ſvg><IMG SRC=nope ONERROR='ran(20)'>",
]


def swift(text):
    """A text as a literal of Swift."""
    return '##"' + text + '"##'


class HostileLessons(Serving):
    def test_no_figure_runs_a_script_in_a_previewed_page(self):
        """They come by drawings of the lesson's own, and by frames that it forges where it finds the token."""
        shows = "\n".join(f"show(Forged(text: {swift(figure)}))" for figure in FIGURES)
        frames = "\n".join(f"forge({swift(json.dumps({'output': {'figure': {'title': 't', 'summary': 's', 'svg': [figure]}}}))})"
                           for figure in FIGURES)
        cell = f"""
import Foundation
struct Forged: Drawing {{
    var text: String
    func rendered(id: String) -> RenderedChart {{
        var chart = Chart("Forged") {{ LineMark(x: .value("x", 1), y: .value("y", 2)) }}.rendered(id: id)
        chart.svg = text
        return chart
    }}
}}
func forge(_ event: String) {{
    guard let token = ProcessInfo.processInfo.environment["UNROLL_FRAME"] else {{ return }}
    print("\\u{{1E}}\\(token) \\(event)")
}}
{shows}
{frames}
```

While this runs, the page shows the cell above.

```swift model
Thread.sleep(forTimeInterval: 3)
"""
        context = self.browser.new_context()
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.add_init_script("window.runs = []; window.ran = number => window.runs.push(number)")
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(self.address + "01-sums.html")
        self.see(page, "The first words.")
        self.write(LESSON.replace('print("the numbers:", numbers.scalars)', cell))
        page.wait_for_function(f"document.querySelectorAll('main .output .drawing').length >= {len(FIGURES)}")
        for link in page.locator("main .output a").all():
            link.dispatch_event("click")
        tags = "[...document.querySelectorAll('main .drawing *')].map(element => element.localName)"
        self.assertLessEqual(set(page.evaluate(tags)), {"samp", "figcaption", "b"})
        page.wait_for_selector("#overlay:not([hidden])")
        self.assertIn("which no drawing may", page.locator("#overlay").inner_text())
        # By now a picture would have failed to come, and an animation ended.
        self.assertEqual(page.evaluate("runs"), [])
        self.assertEqual([url for url in asked if "nope" in url], [])
        context.close()


class Refusals(Serving):
    def ask(self, request):
        port = int(self.address.rstrip("/").split(":")[-1])
        with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
            connection.sendall(request.format(port=port).encode())
            return connection.makefile("rb").readline().decode().split()[1]

    def test_it_answers_to_its_own_name_and_its_own_folder_only(self):
        self.open()
        for target, host, status in [
            ("/", "127.0.0.1:{port}", "200"), ("/", "evil.example:{port}", "403"), ("/", "localhost:1", "403"),
            ("/../lessons/01-sums.md", "localhost:{port}", "400"), ("/%2e%2e/x", "localhost:{port}", "400"),
            ("/%252e%252e/lessons/01-sums.md", "localhost:{port}", "404"), ("/nothing", "localhost:{port}", "404"),
        ]:
            with self.subTest(target=target, host=host):
                request = f"GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
                self.assertEqual(self.ask(request), status)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
