"""Opens a page with live cells in Chromium, and does with it what readers do, and what goes wrong.

usage: live.py      with the browser's path in CHROMIUM

The page and its script are goldens of Tests/PagesTests; the program is live/module.c, which answers as a lesson's does,
or does not. With a folder in SCREENS it leaves pictures there, light and dark, wide and narrow.
"""

import base64
import contextlib
import gzip
import http.server
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import threading
import unittest

import axe_playwright_python
from playwright.sync_api import sync_playwright

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
GOLDENS = ROOT / "Tests/PagesTests/Cells/Goldens"
AXE = (pathlib.Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
KEY, KERNELS = "0123456789abcdef", "00ff"
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 800}


def tool(name):
    """A program of Swift's toolchain, which has all that a module needs."""
    compiler = os.path.realpath(shutil.which("swiftc") or "")
    return shutil.which(name, path=os.path.dirname(compiler) + os.pathsep + os.environ["PATH"]) or name


def compiled(*flags):
    """A module of live/module.c, compiled by the toolchain's own Clang."""
    with tempfile.TemporaryDirectory() as folder:
        made = pathlib.Path(folder)
        subprocess.run(
            [tool("clang"), "--target=wasm32", "-O2", "-Wall", "-Wextra", "-Werror", "-ffreestanding", "-nostdlib", *flags]
            + ["-c", HERE / "live/module.c", "-o", made / "module.o"],
            check=True,
        )
        subprocess.run(
            [tool("wasm-ld"), "--no-entry", "--import-memory", "--stack-first", "-z", "stack-size=65536", "-s"]
            + ["--export=__stack_pointer", made / "module.o", "-o", made / "module.wasm"],
            check=True,
        )
        return (made / "module.wasm").read_bytes()


def states():
    """The files with states, as the build writes them: their HTML is a figure each."""

    def figure(name, title, mark):
        svg = (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" aria-labelledby="{name}-title {name}-summary" '
            f'viewBox="0 0 300 120" width="300" height="120"><title id="{name}-title">{title}</title>'
            f'<desc id="{name}-summary">{title}, drawn.</desc>{mark}</svg>'
        )
        return f'<div class="output">\n<figure class="drawing">\n{svg}\n</figure>\n</div>\n'

    built = [
        figure("built", f"State {i}", f'<circle cx="{60 + i * 30}" cy="60" r="{8 + i * 4}" fill="var(--series-2)"/>')
        for i in range(6)
    ]
    motion = [
        figure("motion", f"Frame {i}", f'<circle cx="{10 + i * 9}" cy="60" r="8" fill="var(--series-3)"/>')
        for i in range(30)
    ]
    return {"built": built, "motion": motion}


def packed(data):
    return base64.b64encode(gzip.compress(data, mtime=0)).decode()


def script(wasm, key=KEY):
    return f'self.unrollLive?.("{key}", "{packed(wasm)}", "{KERNELS}")\n'


def kernels(site, build):
    return site / f"live/kernels-{KERNELS}-{build}.js"


def write_site(site, program, kernels_module):
    """Writes the page with all that it loads."""
    (site / "live").mkdir(exist_ok=True)
    shutil.copy(GOLDENS / "live.html", site / "05-live.html")
    shutil.copy(ROOT / "site" / "live.js", site / "live.js")
    shutil.copy(ROOT / "Sources/Pages/Theme/Files/live.css", site)
    for file in "unroll.css", "unroll.js":
        shutil.copy(ROOT / "site" / file, site)
    for name, list_ in states().items():
        call = f'self.unrollStates?.("05-live-{name}", "", "{packed(json.dumps(list_).encode())}")\n'
        (site / f"live/05-live-{name}.js").write_text(call)
    (site / "live/05-live.js").write_text(script(program))
    for build in "relaxed", "simd", "scalar":
        call = f'self.unrollKernels?.("{KERNELS}-{build}", "{packed(kernels_module)}")\n'
        kernels(site, build).write_text(call)


class Live(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.playwright = sync_playwright().start()
        cls.browser = cls.playwright.chromium.launch(
            executable_path=os.environ["CHROMIUM"], args=["--no-sandbox"]
        )
        cls.wasm, cls.kernels_wasm = compiled(), compiled("-D", "KERNELS")
        cls.folder = tempfile.TemporaryDirectory()
        cls.site = pathlib.Path(cls.folder.name)

    @classmethod
    def tearDownClass(cls):
        cls.browser.close()
        cls.playwright.stop()
        cls.folder.cleanup()

    def setUp(self):
        write_site(self.site, self.wasm, self.kernels_wasm)

    def kernels(self, build):
        return kernels(self.site, build)

    def write(self, text):
        (self.site / "live/05-live.js").write_text(text)

    def open(self, fragment="", viewport=WIDE, before=None, address=None, edit=None, **options):
        """A page in a context of its own, which is closed with the test."""
        context = self.browser.new_context(viewport=viewport, **options)
        self.addCleanup(context.close)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.trouble, page.requests = [], []
        page.on("request", lambda request: page.requests.append(request.url))
        page.on("pageerror", lambda error: page.trouble.append(f"script error: {error}"))
        page.on("dialog", lambda dialog: (page.trouble.append(dialog.message), dialog.dismiss()))
        if before:
            page.add_init_script(before)
        path = self.site / "05-live.html"
        if edit:
            path = self.site / "edited.html"
            path.write_text(edit((self.site / "05-live.html").read_text()))
        page.goto((address or path.as_uri()) + fragment)
        return page

    def said(self, page, cell, pattern):
        """Waits until a cell's status matches."""
        status = page.locator(f"#{cell} [role=status]")
        page.wait_for_function(
            "([cell, pattern]) => new RegExp(pattern).test(document.querySelector(`#${cell} [role=status]`).textContent)",
            arg=[cell, pattern],
        )
        return status.text_content()

    def shown(self, page, cell, text):
        page.wait_for_function(
            "([cell, text]) => document.querySelector(`#${cell} .output`).textContent.includes(text)", arg=[cell, text]
        )

    def slide(self, page, cell, value):
        page.locator(f"#{cell} input[type=range]:visible").first.evaluate(
            "(input, value) => { input.value = value; input.dispatchEvent(new Event('input', { bubbles: true })) }", value
        )

    def behave(self, page, what):
        page.get_by_label("behavior").select_option(what)

    # What readers do.

    def test_nothing_is_loaded_before_the_first_touch(self):
        page = self.open()
        page.wait_for_timeout(200)
        self.assertEqual([url for url in page.requests if "/live/" in url or "blob:" in url], [])
        self.assertEqual(page.trouble, [])

    def test_without_scripts_and_on_paper_no_control_is_there(self):
        page = self.open(java_script_enabled=False)
        self.assertEqual(page.locator("form:visible, progress:visible").count(), 0)
        page = self.open()
        self.assertEqual(page.locator("form.live:visible").count(), 4)
        page.emulate_media(media="print")
        self.assertEqual(page.locator("form.live:visible").count(), 0)

    def test_a_control_runs_the_program_with_the_positions(self):
        page = self.open()
        self.slide(page, "learn", 41)
        self.shown(page, "learn", "positions 41 3 0 1 hello 2")
        page.get_by_label("seed").fill("7")
        self.shown(page, "learn", "positions 41 7 0 1 hello 2")
        page.get_by_label("looks back").select_option("all the way")
        self.shown(page, "learn", "positions 41 7 1 1 hello 2")
        page.get_by_label("tanh").uncheck()
        self.shown(page, "learn", "positions 41 7 1 0 hello 2")
        page.get_by_label("begins with").fill("<&é ab")
        self.shown(page, "learn", "positions 41 7 1 0 <&é ab 2")
        page.locator("#learn select").last.select_option("run 0")
        self.shown(page, "learn", "positions 41 7 1 0 <&é ab 0")
        self.assertIn("New positions.", self.said(page, "learn", "New"))
        self.assertEqual(page.locator("#learn output").first.text_content(), "0.4205")
        self.assertEqual(page.get_by_label("learning rate").get_attribute("aria-valuetext"), "0.4205")
        # One worker, one module.
        self.assertEqual(len([url for url in page.requests if "live/05-live.js" in url]), 1)
        self.assertEqual(page.trouble, [])

    def test_what_was_dragged_through_ends_at_the_last_value(self):
        page = self.open()
        page.get_by_label("learning rate").scroll_into_view_if_needed()
        box = page.get_by_label("learning rate").bounding_box()
        page.mouse.move(box["x"] + 20, box["y"] + box["height"] / 2)
        page.mouse.down()
        for step in range(60):
            page.mouse.move(box["x"] + 20 + step * box["width"] / 61, box["y"] + box["height"] / 2)
        page.mouse.up()
        value = page.get_by_label("learning rate").input_value()
        self.assertGreater(int(value), 50)
        self.shown(page, "learn", f"positions {value} 3")

    def test_everything_works_by_keyboard_alone(self):
        page = self.open()
        page.get_by_label("learning rate").focus()
        page.keyboard.press("ArrowRight")
        self.shown(page, "learn", "positions 21 3")
        page.keyboard.press("Tab")
        page.keyboard.press("ArrowUp")
        self.shown(page, "learn", "positions 21 4")
        page.keyboard.press("Tab")
        page.keyboard.press("ArrowDown")
        self.shown(page, "learn", "positions 21 4 1")
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        self.shown(page, "learn", "positions 21 4 1 0")
        page.keyboard.press("Tab")
        page.keyboard.press("End")
        page.keyboard.type(" a")
        self.shown(page, "learn", "positions 21 4 1 0 hello a 2")
        page.keyboard.press("Tab")
        page.keyboard.press("ArrowUp")
        self.shown(page, "learn", "positions 21 4 1 0 hello a 1")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        self.assertEqual(page.evaluate("document.activeElement.type"), "reset")
        page.keyboard.press("Enter")
        self.said(page, "learn", "to the bit")

    def test_points_of_a_figure_can_be_chosen(self):
        page = self.open()
        chosen = "[...document.querySelectorAll('#map .datum')].map(datum => datum.classList.contains('chosen'))"
        self.assertEqual(page.evaluate(chosen), [False, False, True])
        page.locator("#map .datum").nth(1).locator("circle").last.click()
        self.shown(page, "learn", "hello 1")
        self.assertEqual(page.evaluate(chosen), [False, True, False])
        page.locator("#map .datum").first.focus()
        page.keyboard.press("Enter")
        self.shown(page, "learn", "hello 0")

    def test_texts_keep_to_their_letters_and_length(self):
        page = self.open()
        page.get_by_label("begins with").fill("hexzé")
        self.assertEqual(page.get_by_label("begins with").input_value(), "heé")
        self.shown(page, "learn", "heé")
        page.get_by_label("begins with").fill("")
        page.get_by_label("begins with").press_sequentially("abcdefghijklmno")
        self.assertEqual(page.get_by_label("begins with").input_value(), "abcdefghijkl")

    def test_a_number_out_of_range_goes_back(self):
        page = self.open()
        for wrong in "77", "", "1.5", "-1":
            page.get_by_label("seed").fill(wrong)
            page.get_by_label("seed").blur()
            self.assertEqual(page.get_by_label("seed").input_value(), "3")

    def test_reset_and_run_compare_with_the_build(self):
        page = self.open(permissions=["clipboard-read", "clipboard-write"])
        page.locator("#learn").get_by_role("button", name="Run").click()
        self.assertIn("The same 2 as at the build, to the bit.", self.said(page, "learn", "bit"))
        self.slide(page, "learn", 0)
        self.shown(page, "learn", "positions 0")
        self.assertNotIn("bit", page.locator("#learn [role=status]").text_content())
        self.assertFalse(page.locator("#learn .report").is_visible())
        page.locator("#learn").get_by_role("button", name="Reset").click()
        self.said(page, "learn", "bit")
        self.assertEqual(page.get_by_label("learning rate").input_value(), "20")
        page.locator("#learn .report").click()
        line = page.evaluate("navigator.clipboard.readText()")
        self.assertRegex(line, rf"^05-live#learn · = · Mozilla.* threads · (relaxed|simd|scalar) · {KEY} · SHA-256 [0-9a-f]{{64}}$")
        # A chart has no number; its caption is the page's.
        self.behave(page, "trap")
        self.said(page, "behave", "stopped")
        self.behave(page, "calm")
        self.assertIn("The same as at the build", self.said(page, "behave", "bit"))
        self.assertEqual(page.locator("#behave figcaption").text_content(), "Figure 2 What it does.")

    def test_a_difference_from_the_build_is_said(self):
        page = self.open(edit=lambda html: html.replace("positions 20 3 0 1 hello 2", "positions 20 3 0 1 hello 3"))
        page.locator("#learn").get_by_role("button", name="Run").click()
        self.said(page, "learn", "Not the same as at the build")

    def test_frames_are_played_and_scrubbed(self):
        page = self.open()
        self.assertFalse(page.locator("#behave .player").is_visible())
        self.behave(page, "frames")
        self.shown(page, "behave", "frame 2")
        player = page.locator("#behave .player")
        self.assertTrue(player.is_visible())
        self.assertEqual(player.text_content().strip(), "epoch20")
        player.locator("input").focus()
        page.keyboard.press("Home")
        self.shown(page, "behave", "frame 0")
        # The next run stands at the frame that the reader chose.
        page.locator("#behave").get_by_role("button", name="Run").click()
        page.wait_for_timeout(300)
        self.shown(page, "behave", "frame 0")
        player.get_by_role("button", name="Play").click()
        self.shown(page, "behave", "frame 2")
        player.get_by_role("button", name="Play").wait_for()
        self.behave(page, "calm")
        self.said(page, "behave", "bit")
        self.assertFalse(player.is_visible())

    def test_states_of_the_build_come_from_a_file(self):
        page = self.open()
        page.get_by_label("kind").select_option("large")
        self.shown(page, "built", "State 4")
        page.get_by_label("size").fill("2")
        self.shown(page, "built", "State 5")
        self.assertEqual(page.locator("#built figcaption").count(), 1)
        self.assertFalse(any("05-live.js" in url or "blob:" in url for url in page.requests))
        page.locator("#motion").get_by_label("epoch").fill("50")
        self.shown(page, "motion", "Frame 5")
        self.assertEqual(page.locator("#motion output").text_content(), "50")
        button = page.locator("#motion .play")
        button.click()
        self.assertEqual(button.get_attribute("aria-label"), "Pause")
        self.shown(page, "motion", "Frame 8")
        button.click()
        place = page.locator("#motion").get_by_label("epoch").input_value()
        page.wait_for_timeout(300)
        self.assertEqual(page.locator("#motion").get_by_label("epoch").input_value(), place)

    # The address.

    def test_the_address_has_the_state(self):
        page = self.open()
        self.slide(page, "learn", 30)
        page.get_by_label("begins with").fill("a,b&<é")
        page.wait_for_function("location.hash.startsWith('#learn=30')")
        self.assertEqual(page.evaluate("location.hash"), "#learn=30,3,0,1,a%2Cb%26%3C%C3%A9,2")
        again = self.open(page.evaluate("location.hash"))
        self.shown(again, "learn", "positions 30 3 0 1 a,b&<é 2")
        self.assertTrue(again.locator("#learn form").evaluate("form => form.getBoundingClientRect().top < innerHeight"))
        again.evaluate("location.hash = '#built=1,0'")
        self.shown(again, "built", "State 3")
        page.locator("#learn").get_by_role("button", name="Reset").click()
        page.wait_for_function("location.hash === ''")
        self.assertEqual(page.trouble + again.trouble, [])

    def test_an_address_that_names_no_state_is_left_out_with_a_sentence(self):
        for fragment in [
            "learn=61,3,0,1,a,2", "learn=1,2", "learn=1,2,3,4,5,6,7", "learn=-1,3,0,1,a,2", "learn=1e1,3,0,1,a,2",
            "learn=1.5,3,0,1,a,2", "learn=20,3,0,2,a,2", "learn=20,3,0,1,zzz,2", "learn=20,3,0,1,%,2", "learn=NaN,3,0,1,a,2",
            "learn=20,3,0,1,abcdefghijklm,2", "learn=20,3,0,1,%3Cimg%20src=x%20onerror=alert(1)%3E,2", "learn=",
            "learn=" + "1" * 100_000, "learn=20,3,0,1,%00,2", "nobody=1", "learn=99999999999999999999,3,0,1,a,2", "%E0%A4%A=1",
        ]:
            with self.subTest(fragment=fragment[:60]):
                page = self.open("#" + fragment)
                self.said(page, "learn", "The address names a state that is not here")
                self.assertEqual(page.get_by_label("learning rate").input_value(), "20")
                self.assertFalse(any("/live/" in url for url in page.requests))
                self.assertEqual(page.trouble, [])

    def test_back_and_forward_bring_the_state_back(self):
        page = self.open()
        self.slide(page, "learn", 30)
        self.shown(page, "learn", "positions 30")
        page.wait_for_function("location.hash.startsWith('#learn=30')")
        page.goto((self.site / "live.css").as_uri())
        page.go_back()
        self.shown(page, "learn", "positions 30")
        self.slide(page, "learn", 31)
        self.shown(page, "learn", "positions 31")

    # What goes wrong.

    def test_an_endless_run_is_stopped_with_words(self):
        page = self.open(edit=lambda html: html.replace('<form class="live"', '<form class="live" data-limit="1"'))
        still = page.locator("#behave .output").inner_html()
        self.behave(page, "endless")
        page.locator("#behave progress").wait_for()
        self.said(page, "behave", "no answer for 1 s")
        self.assertFalse(page.locator("#behave progress").is_visible())
        self.assertEqual(page.locator("#behave .output").inner_html(), still)
        self.behave(page, "frames")
        self.shown(page, "behave", "frame 2")

    def test_a_newer_value_stops_the_older_run(self):
        page = self.open()
        self.behave(page, "endless")
        page.locator("#behave progress").wait_for()
        self.behave(page, "frames")
        self.shown(page, "behave", "frame 2")
        self.behave(page, "endless")
        # Another cell waits its turn, and then has it.
        self.slide(page, "learn", 5)
        page.wait_for_timeout(600)
        self.assertNotIn("positions 5", page.locator("#learn .output").text_content())
        self.behave(page, "calm")
        self.shown(page, "learn", "positions 5")
        self.assertEqual(page.trouble, [])

    def test_a_long_run_says_how_far_it_is(self):
        page = self.open()
        self.behave(page, "slow")
        page.wait_for_function("(bar => !bar.hidden && bar.value > 2 && bar.max === 40)(document.querySelector('#behave progress'))")
        self.shown(page, "behave", "frame 1")
        self.assertFalse(page.locator("#behave progress").is_visible())

    def test_a_run_that_stops_says_its_sentence(self):
        page = self.open()
        still = page.locator("#behave .output").inner_html()
        self.behave(page, "trap")
        said = self.said(page, "behave", "stopped")
        self.assertIn("The run stopped: the sizes [2, 3] and [4, 5] do not fit <b>.", said)
        self.behave(page, "silent")
        self.said(page, "behave", "The run stopped: .*unreachable")
        self.behave(page, "grows")
        self.said(page, "behave", "The run stopped: (?!.*unreachable)")
        self.behave(page, "chatters")
        self.said(page, "behave", "more than a page takes")
        self.assertEqual(page.locator("#behave .output").inner_html(), still)
        # Afterwards the program is as it was.
        page.locator("#learn").get_by_role("button", name="Run").click()
        self.said(page, "learn", "to the bit")

    def test_what_a_run_prints_is_given_back_to_it(self):
        page = self.open()
        self.behave(page, "talks")
        self.shown(page, "behave", f"frame {len('talk ') * 100_000 + len('a print of a cell')}")

    def test_a_damaged_program_is_said(self):
        whole = script(self.wasm)
        text = base64.b64encode(gzip.compress(self.wasm)).decode()
        flipped = bytearray(self.wasm)
        flipped[200] ^= 0xFF
        for name, wrong, sentence in [
            ("cut off", whole[: len(whole) // 2], "is damaged"),
            ("cut inside", whole.replace(text[-500:-4], ""), "is damaged"),
            ("no base64", f'self.unrollLive("{KEY}", "{text[:400]}*{text[401:]}")', "is damaged"),
            ("no gzip", f'self.unrollLive("{KEY}", "AAAA")', "is damaged"),
            ("no module", script(b"\0asm?"), "is damaged"),
            ("cut module", script(self.wasm[:-200]), "is damaged"),
            ("flipped", script(bytes(flipped)), "is damaged"),
            ("empty", "", "is damaged"),
            ("another build's", script(self.wasm, "fedcba9876543210"), "two builds"),
        ]:
            with self.subTest(name=name):
                self.write(wrong)
                page = self.open()
                still = page.locator("#learn .output").inner_html()
                self.slide(page, "learn", 1)
                self.said(page, "learn", sentence)
                self.assertEqual(page.locator("#learn .output").inner_html(), still)
                # When the file is there, the next touch finds it.
                self.write(whole)
                self.slide(page, "learn", 2)
                self.shown(page, "learn", "positions 2")

    def test_a_missing_file_is_said(self):
        (self.site / "live/05-live.js").unlink()
        page = self.open()
        self.slide(page, "learn", 1)
        self.said(page, "learn", "live/05-live.js could not be loaded")
        states = self.site / "live/05-live-built.js"
        kept = states.read_text()
        states.unlink()
        self.addCleanup(states.write_text, kept)
        page.get_by_label("kind").select_option("large")
        self.said(page, "built", "live/05-live-built.js could not be loaded")

    def test_what_the_browser_lacks_is_said(self):
        for name in "WebAssembly", "Worker", "DecompressionStream":
            with self.subTest(lacking=name):
                page = self.open(before=f"delete self.{name}")
                self.slide(page, "learn", 1)
                self.said(page, "learn", f"This browser has no {name}")
                self.assertIn("positions 20", page.locator("#learn .output").text_content())
                # What the build recorded needs no program; but it is compressed, too.
                page.get_by_label("kind").select_option("large")
                if name == "DecompressionStream":
                    self.said(page, "built", f"This browser has no {name}")
                else:
                    self.shown(page, "built", "State 4")
                self.assertEqual(page.trouble, [])

    def test_kernels_are_those_that_the_browser_runs_best(self):
        page = self.open()
        self.slide(page, "learn", 1)
        self.shown(page, "learn", "positions 1")
        loaded = [url for url in page.requests if "kernels" in url]
        self.assertEqual(loaded, [self.kernels("relaxed").as_uri()])
        for wrong, sentence in (None, "could not be loaded"), ("x(", "is damaged"), ('self.unrollKernels("00fe-relaxed", "")', "two builds"):
            with self.subTest(wrong=wrong):
                self.kernels("relaxed").unlink(missing_ok=True)
                if wrong:
                    self.kernels("relaxed").write_text(wrong)
                page = self.open()
                self.slide(page, "learn", 1)
                self.said(page, "learn", sentence)

    def test_hostile_output_is_only_looked_at(self):
        page = self.open()
        self.behave(page, "hostile")
        self.said(page, "behave", "It did 4")
        page.wait_for_timeout(200)
        found = page.evaluate(
            """() => {
                const output = document.querySelector("#behave .output")
                const found = window.hostile ? ["a script ran"] : []
                for (const element of output.querySelectorAll("*")) {
                    const name = element.localName
                    if (!["figure", "pre", "samp", "p", "svg", "desc", "b", "use", "rect", "g", "details", "summary", "text"].includes(name)) found.push(name)
                    for (const { name, value } of element.attributes) {
                        if (/^on|^attributeName/.test(name) || /javascript|example|position/.test(value)) found.push(`${name}=${value}`)
                        if (name === "href" && value[0] !== "#") found.push(value)
                    }
                }
                return found
            }"""
        )
        self.assertEqual(found, [])
        self.assertEqual(page.locator("#behave .output g").get_attribute("style"), "fill: red; --own: 1")
        ids = page.evaluate("[...document.querySelectorAll('[id]')].map(element => element.id)")
        self.assertEqual(sorted(ids), sorted(set(ids)))
        self.assertEqual(page.locator("#behave .output use").last.get_attribute("href"), "#near")
        self.assertEqual(page.locator("main#text").count(), 1)
        self.assertFalse(any("example.com" in url for url in page.requests))
        self.assertEqual(page.trouble, [])

    # How it looks and sounds.

    def test_script_and_style_keep_to_their_budgets(self):
        script = len(gzip.compress((self.site / "live.js").read_bytes(), 9, mtime=0))
        style = len((self.site / "live.css").read_bytes())
        print(f"live script {script} B gzipped, style {style} B")
        self.assertLessEqual(script, 8_000)
        self.assertLessEqual(style, 5_000)

    def test_nothing_moves_and_the_output_keeps_its_size(self):
        for viewport in WIDE, PHONE:
            page = self.open(viewport=viewport)
            self.assertLessEqual(page.evaluate("document.scrollingElement.scrollWidth"), viewport["width"])
            page.evaluate(
                """() => { window.shift = 0; new PerformanceObserver(list => {
                    for (const entry of list.getEntries()) window.shift += entry.value
                }).observe({ type: "layout-shift", buffered: true }) }"""
            )
            place = page.locator("#built h2, #built, h2#built").last.bounding_box()
            if viewport is WIDE:
                self.behave(page, "trap")
                self.said(page, "behave", "stopped")
                self.behave(page, "calm")
                self.said(page, "behave", "bit")
            self.slide(page, "learn", 3)
            self.shown(page, "learn", "positions 3")
            page.wait_for_timeout(700)
            self.assertEqual(page.evaluate("window.shift"), 0)
            if viewport is WIDE:
                self.assertEqual(page.locator("#built").bounding_box(), place)

    def test_axe_finds_no_violation_with_controls_in_use(self):
        for scheme in "light", "dark":
            page = self.open(color_scheme=scheme)
            self.behave(page, "frames")
            self.shown(page, "behave", "frame 2")
            page.locator("#learn").get_by_role("button", name="Run").click()
            self.said(page, "learn", "bit")
            page.get_by_label("kind").select_option("large")
            self.shown(page, "built", "State 4")
            page.evaluate(AXE)
            found = page.evaluate("axe.run().then(result => result.violations)")
            shown = [f"{v['id']}: {v['nodes'][0]['html'][:200]} ({len(v['nodes'])})" for v in found]
            self.assertEqual(shown, [], scheme)

    def test_it_runs_under_a_strict_policy_from_a_host(self):
        policy = "default-src 'self'; style-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'; worker-src blob:"
        with served(self.site, policy) as address:
            page = self.open(address=address + "05-live.html")
            page.locator("#learn").get_by_role("button", name="Run").click()
            self.said(page, "learn", "to the bit")
            page.get_by_label("kind").select_option("large")
            self.shown(page, "built", "State 4")
            self.assertEqual(page.trouble, [])

    def test_a_policy_without_workers_is_said(self):
        with served(self.site, "worker-src 'none'") as address:
            page = self.open(address=address + "05-live.html")
            self.slide(page, "learn", 1)
            self.said(page, "learn", "This browser has no Worker")

    def test_an_open_page_does_not_grow(self):
        page = self.open()
        self.slide(page, "learn", 1)
        self.shown(page, "learn", "positions 1 ")
        count = "document.querySelectorAll('*').length"
        elements = page.evaluate(count)
        for step in range(120):
            self.slide(page, "learn", step % 60)
        self.shown(page, "learn", "positions 59 ")
        self.assertEqual(page.evaluate(count), elements)

    def test_pictures(self):
        if "SCREENS" not in os.environ:
            self.skipTest("no folder in SCREENS")
        folder = pathlib.Path(os.environ["SCREENS"])
        folder.mkdir(parents=True, exist_ok=True)
        for scheme in "light", "dark":
            for viewport in WIDE, PHONE:
                page = self.open(viewport=viewport, color_scheme=scheme)
                self.behave(page, "frames")
                self.shown(page, "behave", "frame 2")
                page.locator("#learn").get_by_role("button", name="Run").click()
                self.said(page, "learn", "bit")
                page.screenshot(path=folder / f"live-{scheme}-{viewport['width']}.png", full_page=True)


@contextlib.contextmanager
def served(site, policy):
    """Serves a site with a content security policy."""

    class Handler(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *arguments):
            super().__init__(*arguments, directory=str(site))

        def end_headers(self):
            self.send_header("Content-Security-Policy", policy)
            super().end_headers()

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


if __name__ == "__main__":
    unittest.main(verbosity=2)
