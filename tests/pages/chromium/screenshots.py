"""`make screenshots`: pictures of the pages in both languages and sizes, and in dark mode, to look at."""

from __future__ import annotations

import sys
import tempfile
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.clauses.local_stack import local_stack
from tests.clauses.organisation import sign_up
from tests.clauses.world import LocalStack
from tests.pages.chromium.conftest import ARGUMENTS, installed
from tests.pages.chromium.journeys import file_complaint
from tests.pages.chromium.reader import Reader

_NOW = "2026-11-27T09:00:00+08:00"
_PRESETS = ("platform", "food-drug-administration")


def main(folder: Path) -> int:
    found = installed()
    if found is None:
        sys.exit("No browser is installed: install Chromium.")
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as directory,
        local_stack(Path(directory), _NOW) as stack,
        sync_playwright() as p,
    ):
        chromium = p.chromium.launch(executable_path=found, args=ARGUMENTS)
        for language, width, scheme in [*product(("zh-CN", "en-GB"), (320, 1280), ("light",)), ("zh-CN", 320, "dark")]:
            _take(stack, chromium, folder, language, width, scheme)
        chromium.close()
    sys.stdout.write(f"{len(list(folder.glob('*.png')))} pictures in {folder}\n")
    return 0


def _take(stack: LocalStack, chromium: Browser, folder: Path, language: str, width: int, scheme: str) -> None:
    reader = Reader(chromium, stack.url, language=language, width=width, scripts=True, scheme=scheme)
    taken = 0

    def shoot(name: str) -> None:
        nonlocal taken
        taken += 1
        path = folder / f"{language[:2]}-{width}-{scheme}-{taken:02d}-{name}.png"
        reader.page.screenshot(path=str(path), full_page=True)

    for path, name in (("/", "home"), ("/sign-up", "procedures"), ("/sign-up/telecom-regulator", "procedure")):
        reader.open(path)
        shoot(name)
    for preset in _PRESETS:
        organisation = sign_up(stack, preset)
        file_complaint(reader, organisation.id, seen=shoot)
    reader.open("/nowhere", status=404)
    shoot("missing")


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
