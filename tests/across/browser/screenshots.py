"""`make screenshots`: pictures of the pages in both languages and sizes, in dark mode and as printed, to look at."""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import Browser

from tests.across.browser import readme_pictures
from tests.across.browser.reader import Reader
from tests.across.browser.scenes import SCENES, Shoot
from tests.clauses.local_stack import local_stack

_NOW = "2026-11-27T08:55:00+08:00"
"""A due time a day later comes before nine, whatever time the pages take."""
_LANGUAGES = {"zh": "zh-CN", "en": "en-GB"}
_TALLEST = 16_000
"""Pixels. Chromium repeats the top of a taller page."""


class _View(NamedTuple):
    name: str
    width: int
    media: dict[str, Any]


_VIEWS = (
    _View("390", 390, {"media": "screen", "color_scheme": "light"}),
    _View("1280", 1280, {"media": "screen", "color_scheme": "light"}),
    _View("390-dark", 390, {"media": "screen", "color_scheme": "dark"}),
    _View("print", 720, {"media": "print", "color_scheme": "light"}),
)
"""The last width is that of a printed page."""


def main(folder: Path, readme: Path) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    with readme_pictures.browser() as chromium:
        readme_pictures.write(chromium, readme)
        for language in _LANGUAGES:
            for scene in SCENES:
                with tempfile.TemporaryDirectory() as directory, local_stack(Path(directory), _NOW) as stack:
                    reader = _reader(chromium, stack.url, language)
                    scene(stack, reader, _shooting(reader, folder, language))
    sys.stdout.write(f"{len(list(folder.glob('*.png')))} pictures in {folder}\n")
    return 0


def _reader(chromium: Browser, url: str, language: str) -> Reader:
    """The tests try each page with axe-core; here it would double the time."""
    return Reader(chromium, url, language=_LANGUAGES[language], width=_VIEWS[0].width, scripts=True, rules=False)


def _shooting(reader: Reader, folder: Path, language: str) -> Shoot:
    """Takes a picture of the open page in each view, with all details open. A name that comes again gets a number."""
    seen = Counter[str]()

    def shoot(name: str) -> None:
        seen[name] += 1
        numbered = name if seen[name] == 1 else f"{name}-{seen[name]}"
        reader.page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        for view in _VIEWS:
            reader.page.set_viewport_size({"width": view.width, "height": 800})
            reader.page.emulate_media(**view.media)
            height = min(reader.page.evaluate("document.documentElement.scrollHeight"), _TALLEST)
            clip: Any = {"x": 0, "y": 0, "width": view.width, "height": height}
            path = str(folder / f"{numbered}-{language}-{view.name}.png")
            reader.page.screenshot(path=path, full_page=True, clip=clip)
        reader.page.set_viewport_size({"width": _VIEWS[0].width, "height": 800})
        reader.page.emulate_media(**_VIEWS[0].media)

    return shoot


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:])))
