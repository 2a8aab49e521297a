"""Takes pictures of every kind of page, light and dark, wide and narrow, for a person to look at.

usage: screens.py SITE FOLDER      with the browser's path in CHROMIUM

Those of `serve`'s overlay come from serve.py.
"""

import os
import pathlib
import sys

from playwright.sync_api import sync_playwright

SITE, FOLDER = (pathlib.Path(argument).resolve() for argument in sys.argv[1:])
LESSON = "05-forecasting-a-sine-wave.html"
WIDTHS = 1440, 820, 390


def search(page):
    page.keyboard.press("/")
    page.keyboard.type("gradient")
    page.wait_for_selector("dialog[open] [role=option]")


def note(page):
    name = page.locator("pre [data-note]:visible", has_text="Adam").first
    name.scroll_into_view_if_needed()
    name.hover()
    page.wait_for_selector("[role=tooltip]:visible")


# Of each: its page, and what a reader does there first.
SCREENS = {
    "index": ("index.html", None),
    "lesson": (LESSON, None),
    "note": (LESSON, note),
    "gallery": ("gallery.html", None),
    "reference": ("reference/index.html", None),
    "symbol": ("reference/gru.html", None),
    "glossary": ("glossary.html", None),
    "search": ("index.html", search),
    "404": ("404.html", None),
}


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=["--no-sandbox"])
        for scheme in "light", "dark":
            for width in WIDTHS:
                context = browser.new_context(viewport={"width": width, "height": 1000}, color_scheme=scheme)
                for name, (path, act) in SCREENS.items():
                    page = context.new_page()
                    page.goto((SITE / path).as_uri())
                    if act:
                        act(page)
                    page.screenshot(path=FOLDER / f"{name}-{scheme}-{width}.png")
                    page.close()
                context.close()
        browser.close()


main()
