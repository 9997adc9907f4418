"""`make screenshots`: pictures of the pages in both languages and sizes, and in dark mode, to look at."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from tests.api.register.notices import published
from tests.clauses.local_stack import LocalStack, local_stack
from tests.clauses.offices.marketplace import demanded, marketplace_in
from tests.clauses.organisation import sign_up
from tests.fakes.files import PDF
from tests.pages.chromium.conftest import ARGUMENTS, installed
from tests.pages.chromium.journeys import add_file, file_complaint, report_office
from tests.pages.chromium.reader import Reader

_NOW = "2026-11-27T08:55:00+08:00"
"""A due time a day later comes before nine, whatever time the pages take."""
_FOUNDING = (("/sign-up", "procedures"), ("/sign-up/telecom-regulator", "procedure"))
_PRESETS = ("platform", "telecom-regulator")


def main(folder: Path) -> int:
    found = installed()
    if found is None:
        sys.exit("No browser is installed: install Chromium.")
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as p:
        chromium = p.chromium.launch(executable_path=found, args=ARGUMENTS)
        for view in [*product(("zh-CN", "en-GB"), (320, 1280), ("light",)), ("zh-CN", 320, "dark")]:
            for take in (_take, _take_others, _take_register):
                with tempfile.TemporaryDirectory() as directory, local_stack(Path(directory), _NOW) as stack:
                    language, width, scheme = view
                    options: Any = {"language": language, "width": width, "scheme": scheme, "scripts": True}
                    reader = Reader(chromium, stack.url, **options)
                    take(stack, reader, _shooting(reader, folder, f"{language[:2]}-{width}-{scheme}"))
        chromium.close()
    sys.stdout.write(f"{len(list(folder.glob('*.png')))} pictures in {folder}\n")
    return 0


def _shooting(reader: Reader, folder: Path, view: str) -> Callable[[str], None]:
    """Takes a picture of the page under a name. All details are open."""

    def shoot(name: str) -> None:
        reader.page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        number = len(list(folder.iterdir()))
        reader.page.screenshot(path=str(folder / f"{view}-{number:03d}-{name}.png"), full_page=True)

    return shoot


def _take(stack: LocalStack, reader: Reader, shoot: Callable[[str], None]) -> None:
    for path, name in (("/", "home"), ("/docs", "docs"), ("/docs/post_complaint", "operation"), *_FOUNDING):
        reader.open(path)
        shoot(name)
    for preset in _PRESETS:
        organisation = sign_up(stack, preset)
        file_complaint(reader, organisation.id, seen=shoot)
        add_file(reader, PDF, seen=shoot)
    reader.open("/t/no-such-organisation", status=404)
    shoot("missing")
    reader.page.emulate_media(media="print")
    shoot("missing-print")
    reader.page.emulate_media(media="screen")


def _take_others(stack: LocalStack, reader: Reader, shoot: Callable[[str], None]) -> None:
    """The pages of a demand, the register and a report, with and without content."""
    office = marketplace_in(stack)
    reader.open(f"/t/{office.id}/register")
    shoot("register-empty")
    number = demanded(office)
    demand = str(office.events(number, type_="evidence_demanded")[-1]["id"]).rpartition("/")[2]
    link = office.get(f"/complaints/{number}/demands/{demand}/link", "handler")["page"]
    reader.open(link.removeprefix(stack.url))
    shoot("demand-enter")
    reader.press("button.button")
    shoot("demand")
    reader.press("main button.button")
    shoot("demand-fault")
    report_office(reader, office.id, seen=shoot)


def _take_register(stack: LocalStack, reader: Reader, shoot: Callable[[str], None]) -> None:
    """On a stack of its own: the notice is published on a later day."""
    office = marketplace_in(stack)
    published(office)
    for path, name in (("", "register"), ("?from=2026-02-30", "register-fault"), ("?category=none", "register-none")):
        reader.open(f"/t/{office.id}/register{path}", status=422 if "fault" in name else 200)
        shoot(name)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
