"""Measures the texts of every chart of the given sites, and of the charts that the tests of Charting record, in
Chromium, on a desktop and on a phone.

usage: charts.py SITE …      with the browser's path in CHROMIUM
"""

import math
import os
import pathlib
import sys
import tempfile
import unittest

from playwright.sync_api import sync_playwright

SITES = [pathlib.Path(argument).resolve() for argument in sys.argv[1:]]
GOLDENS = pathlib.Path(__file__).resolve().parents[1] / "ChartingTests" / "Goldens"
SCREENS = {"desktop": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}

# What is seen of a text, as the corners of a box that may be turned: boxes of a font are higher than its letters, so
# they give up a tenth of the font's size at the top and at the bottom. A tip is seen only while its point has the focus.
MEASURE = """
() => [...document.querySelectorAll("svg.chart")].map(svg => {
    const place = element => {
        const { left, top, right, bottom } = element.getBoundingClientRect()
        return [[left, top], [right, top], [right, bottom], [left, bottom]]
    }
    const shown = text => text.textContent.trim() && !text.closest(".tip")
    const texts = [...svg.querySelectorAll("text")].filter(shown).map(text => {
        const matrix = text.getScreenCTM()
        const size = parseFloat(getComputedStyle(text).fontSize)
        const { x, y, width, height } = text.getBBox()
        const [top, bottom] = [y + size / 10, y + height - size / 10]
        const corners = [[x, top], [x + width, top], [x + width, bottom], [x, bottom]].map(([x, y]) => {
            const point = new DOMPoint(x, y).matrixTransform(matrix)
            return [point.x, point.y]
        })
        return { words: text.textContent, size: size * Math.hypot(matrix.a, matrix.b), corners }
    })
    const nodes = [...svg.querySelectorAll(".node")].map(node => ({
        shape: place(node.firstElementChild), texts: [...node.querySelectorAll("text")].map(place),
    }))
    const legends = [...svg.querySelectorAll(".legend")].map(place)
    const marks = [...svg.querySelectorAll(".marks")].map(place)
    return { name: svg.querySelector("title").textContent, frame: place(svg), texts, nodes, legends, marks }
})
"""

# Shows each tip in turn, as the focus does, and says which leave their chart.
TIPS = """
() => [...document.querySelectorAll("svg.chart .datum")].filter(datum => {
    const tip = datum.querySelector(".tip").getBoundingClientRect()
    const frame = datum.ownerSVGElement.getBoundingClientRect()
    return tip.left < frame.left - 0.5 || tip.right > frame.right + 0.5
        || tip.top < frame.top - 0.5 || tip.bottom > frame.bottom + 0.5
}).map(datum => datum.querySelector("title").textContent)
"""


def overlap(a, b, slack=0.5):
    """Whether two boxes, which may be turned, share more than a hair: no side of either parts them."""
    for (x1, y1), (x2, y2) in [*zip(a, a[1:]), *zip(b, b[1:])]:
        length = math.hypot(x2 - x1, y2 - y1)
        if length == 0:
            return False
        across = [[((y - y1) * (x2 - x1) - (x - x1) * (y2 - y1)) / length for x, y in box] for box in (a, b)]
        if min(map(max, across)) - max(map(min, across)) <= slack:
            return False
    return True


def inside(box, frame, slack=0.5):
    """Whether a box keeps to a frame."""
    (left, top), (right, bottom) = frame[0], frame[2]
    return all(
        left - slack <= x <= right + slack and top - slack <= y <= bottom + slack for x, y in box
    )


def recorded(folder):
    """A page of the charts that the tests of Charting record, in the first site's styles."""
    charts = "".join(f"<figure>{path.read_text()}</figure>" for path in sorted(GOLDENS.rglob("*.svg")))
    page = pathlib.Path(folder) / "recorded.html"
    style = SITES[0].joinpath("unroll.css").as_uri()
    page.write_text(
        '<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f'<link rel="stylesheet" href="{style}"><main style="padding: 20px">{charts}</main>'
    )
    return page


class EveryChart(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.playwright = sync_playwright().start()
        cls.browser = cls.playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=["--no-sandbox"])
        cls.folder = tempfile.TemporaryDirectory()
        cls.pages = [path for site in SITES for path in sorted(site.glob("*.html"))] + [recorded(cls.folder.name)]
        cls.measured = []
        for path, screen, page in cls.opened():
            for chart in page.evaluate(MEASURE):
                cls.measured.append((f"{path.name}, {screen}: {chart['name']}", chart))

    @classmethod
    def opened(cls):
        """Every page on every screen."""
        for path in cls.pages:
            for screen, viewport in SCREENS.items():
                page = cls.browser.new_page(viewport=viewport)
                page.goto(path.as_uri())
                yield path, screen, page
                page.close()

    @classmethod
    def tearDownClass(cls):
        cls.browser.close()
        cls.playwright.stop()
        cls.folder.cleanup()

    def for_each_chart(self, check):
        """Checks each chart on its own, so that one failure hides no other."""
        for name, chart in self.measured:
            with self.subTest(chart=name):
                check(chart)

    def test_there_are_charts_to_measure(self):
        self.assertGreater(len(self.measured), 0)
        print(f"{len(self.measured)} charts, {sum(len(chart['texts']) for _, chart in self.measured)} texts")

    def test_no_text_lies_on_another(self):
        def check(chart):
            texts = chart["texts"]
            pairs = [(a, b) for i, a in enumerate(texts) for b in texts[i + 1 :]]
            found = [(a["words"], b["words"]) for a, b in pairs if overlap(a["corners"], b["corners"])]
            self.assertEqual(found, [])

        self.for_each_chart(check)

    def test_no_text_is_clipped(self):
        def check(chart):
            self.assertEqual([t["words"] for t in chart["texts"] if not inside(t["corners"], chart["frame"])], [])

        self.for_each_chart(check)

    def test_every_text_fits_the_shape_that_it_stands_in(self):
        def check(chart):
            for node in chart["nodes"]:
                self.assertEqual([text for text in node["texts"] if not inside(text, node["shape"])], [])

        self.for_each_chart(check)

    def test_no_legend_lies_on_data(self):
        def check(chart):
            found = [(a, b) for a in chart["legends"] for b in chart["marks"] if overlap(a, b)]
            self.assertEqual(found, [])

        self.for_each_chart(check)

    def test_every_text_can_be_read(self):
        def check(chart):
            small = [(text["words"], round(text["size"], 1)) for text in chart["texts"] if text["size"] < 11]
            self.assertEqual(small, [])

        self.for_each_chart(check)

    def test_every_tip_stays_in_its_chart(self):
        for path, screen, page in self.opened():
            with self.subTest(page=path.name, screen=screen):
                self.assertEqual(page.evaluate(TIPS), [])

    def test_a_point_shows_its_value_to_the_pointer_and_to_the_keyboard_without_a_script(self):
        context = self.browser.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto(self.pages[-1].as_uri())
        datum = page.locator(".datum").first
        tip = datum.locator(".tip")
        self.assertFalse(tip.is_visible())
        datum.locator(".target").hover(force=True)
        self.assertTrue(tip.is_visible())
        words = [" ".join(part.text_content().split()) for part in (tip, datum.locator("title"))]
        self.assertEqual(words[0], words[1])
        page.mouse.move(0, 0)
        self.assertFalse(tip.is_visible())
        page.keyboard.press("Tab")
        self.assertTrue(tip.is_visible())
        page.keyboard.press("Tab")
        self.assertFalse(tip.is_visible())
        self.assertTrue(page.locator(".datum").nth(1).locator(".tip").is_visible())
        context.close()


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
