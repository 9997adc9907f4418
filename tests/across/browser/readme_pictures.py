"""The pictures of the README: a bank's complaint as the customer sees it, the queue of its desk, and a trial.

`python -m tests.across.browser.readme_pictures docs/images` writes these alone; `make screenshots` writes them, too.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from tests.across.browser.conftest import ARGUMENTS, installed
from tests.across.browser.desk_person import at_desk
from tests.across.browser.reader import Reader
from tests.across.browser.served import served
from tests.clauses.offices.bank import POLICY, WEDNESDAY, proposed
from tests.clauses.organisation import Organisation, hire, sign_up_with
from tests.clauses.world import InProcess
from tests.sign_in.door import desk

PICTURES = ("complaint", "queue", "timeline")
SIZE = {"width": 1100, "height": 760}
WIDE = {"width": 1280, "height": 840}
"""Of the timeline, which is drawn 1,220 pixels wide."""
_COMPLAINTS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("2026-04-01T10:20:00+01:00", {"category": {"kind": "mortgages"}, "channel": "branch"}),
    ("2026-04-02T09:10:00+01:00", {"category": {"kind": "insurance"}}),
    ("2026-04-13T11:40:00+01:00", {"category": {"kind": "investments"}}),
    ("2026-04-20T14:05:00+01:00", {"category": {"kind": "banking"}}),
    ("2026-04-28T16:30:00+01:00", {"category": {"kind": "payment_services"}}),
)
MANAGER, HANDLER = "Grace", "Sam"
_CUSTOMERS = ("Ada Brown", "Noor Khan", "Tom Evans", "Mei Lin", "Rosa Diaz")
_OPEN_LAST = """() => {
    const deadlines = [...document.querySelectorAll("section.deadline")];
    deadlines.at(-1).querySelector("details").open = true;
    deadlines[0].previousElementSibling.scrollIntoView();
}"""
"""The drawing of the last deadline, below the heading."""
_NOW = "2026-04-29T09:30:00+01:00"


def bank_at_work() -> tuple[Organisation, str]:
    """A bank with complaints in several stages, some of them late, and the number of the one that is shown."""
    bank = sign_up_with(InProcess(WEDNESDAY), POLICY, called="Harbour Bank")
    for role, name in (("complaints_manager", MANAGER), ("handler", HANDLER)):
        hire(bank, role, name=name)
    numbers = []
    for (at, filing), name in zip(_COMPLAINTS, _CUSTOMERS, strict=True):
        bank.world.move_to(at)
        numbers.append(bank.file(**filing, facts={"complainant.name": name, "complainant.email": "c@example.com"}))
    bank.world.move_to(_NOW)
    for number in (*numbers[1:3], numbers[4]):
        bank.act(number, MANAGER, "assign", responsible=bank.subs[HANDLER])
    proposed(bank, facts={"complainant.name": "Jo Wood"})
    return bank, numbers[4]


def write(chromium: Browser, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    bank, number = bank_at_work()
    with served(bank.world) as url:  # type: ignore[arg-type]
        for name, reader in zip(PICTURES, _readers(chromium, url, bank, number), strict=True):
            reader.page.set_viewport_size(WIDE if name == "timeline" else SIZE)
            reader.page.screenshot(path=str(folder / f"{name}.png"))


def _readers(chromium: Browser, url: str, bank: Organisation, number: str) -> Iterator[Reader]:
    """Each with a page open, in the order of the pictures."""
    view: dict[str, Any] = {"language": "en-GB", "width": SIZE["width"], "rules": False}
    customer = Reader(chromium, url, scripts=True, **view)
    customer.open(f"/t/{bank.id}/case/{number}")
    customer.page.fill("input[name=receipt]", bank.filed[number].receipt)
    customer.press("main form button.button")
    customer.page.evaluate(_OPEN_LAST)
    yield customer
    yield at_desk(chromium, url, bank, MANAGER, **view)
    author = at_desk(chromium, url, bank, MANAGER, **view)
    author.open(f"{desk(bank)}/procedure/versions/1/try?example=8")
    author.page.locator("svg[role=group]:visible").scroll_into_view_if_needed()
    yield author


@contextmanager
def browser() -> Iterator[Browser]:
    """Ends the process if none is installed."""
    found = installed()
    if found is None:
        sys.exit("No browser is installed: install Chromium.")
    with sync_playwright() as p:
        chromium = p.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield chromium
        chromium.close()


if __name__ == "__main__":
    with browser() as running:
        write(running, Path(sys.argv[1]))
