"""Measures the texts of every chart of the given sites in Chromium, on a desktop and on a phone.

usage: charts.py SITE …      with the browser's path in CHROMIUM
"""

import os
import pathlib
import sys
import unittest

from playwright.sync_api import sync_playwright

SITES = [pathlib.Path(argument).resolve() for argument in sys.argv[1:]]
SCREENS = {"desktop": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}

# What is seen of a text, line by line: boxes of a font are higher than its letters, so they give up a tenth of the
# font's size at the top and at the bottom. A tip is seen only while its point has the focus.
MEASURE = """
() => [...document.querySelectorAll("svg.chart")].map(svg => {
    const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width
    const place = element => {
        const { left, top, right, bottom } = element.getBoundingClientRect()
        return { left, top, right, bottom }
    }
    const texts = [...svg.querySelectorAll("text")].filter(text => !text.closest(".tip")).map(text => {
        const size = parseFloat(getComputedStyle(text).fontSize) * scale
        const box = place(text)
        return { words: text.textContent, size, ...box, top: box.top + size / 10, bottom: box.bottom - size / 10 }
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
    """Whether two boxes share more than a hair."""
    return (
        min(a["right"], b["right"]) - max(a["left"], b["left"]) > slack
        and min(a["bottom"], b["bottom"]) - max(a["top"], b["top"]) > slack
    )


def inside(box, frame, slack=0.5):
    """Whether a box keeps to a frame."""
    return (
        box["left"] >= frame["left"] - slack
        and box["right"] <= frame["right"] + slack
        and box["top"] >= frame["top"] - slack
        and box["bottom"] <= frame["bottom"] + slack
    )


class EveryChart(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.playwright = sync_playwright().start()
        cls.browser = cls.playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=["--no-sandbox"])
        cls.measured = []
        for site in SITES:
            for path in sorted(site.glob("*.html")):
                for screen, viewport in SCREENS.items():
                    page = cls.browser.new_page(viewport=viewport)
                    page.goto(path.as_uri())
                    for chart in page.evaluate(MEASURE):
                        cls.measured.append((f"{path.name}, {screen}: {chart['name']}", chart))
                    page.close()

    @classmethod
    def tearDownClass(cls):
        cls.browser.close()
        cls.playwright.stop()

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
            self.assertEqual([(a["words"], b["words"]) for a, b in pairs if overlap(a, b)], [])

        self.for_each_chart(check)

    def test_no_text_is_clipped(self):
        def check(chart):
            self.assertEqual([text["words"] for text in chart["texts"] if not inside(text, chart["frame"])], [])

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
        for site in SITES:
            for path in sorted(site.glob("*.html")):
                for screen, viewport in SCREENS.items():
                    with self.subTest(page=path.name, screen=screen):
                        page = self.browser.new_page(viewport=viewport)
                        page.goto(path.as_uri())
                        self.assertEqual(page.evaluate(TIPS), [])
                        page.close()


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
