"""Forms that pages show again by `?form=`: another organisation's, another person's, and forged ids open nothing."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

import pytest

from chalicelib.web.pages.kept_forms import KIND, MOST
from tests.across.budgets.counted_faults import WRONG
from tests.across.leaks import planted
from tests.clauses.offices.marketplace import marketplace_in
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.kernel.web.pages.browser import Browser
from tests.supervision.reporting import WORDS, reported_on_page

UNKNOWN = "A" * 22
COOKIE = "draft-form-AAAAAAA"
"""The beginning of the name of a cookie."""
AT = "1795741200000"
"""When a forged form was kept."""


class Victim(NamedTuple):
    """Who has sent a wrong receipt. `id`: of the kept form."""

    office: Organisation
    browser: Browser
    id: str
    path: str


@pytest.fixture
def world() -> InProcess:
    return InProcess("2026-11-27T09:00:00+08:00")


@pytest.fixture
def victim(world: InProcess) -> Victim:
    office, browser = marketplace_in(world), Browser(world)
    browser.open(f"/t/{office.id}/case")
    browser.submit(number="202611-000001", receipt=WRONG)
    return Victim(office, browser, id_of(browser), browser.path)


def id_of(browser: Browser) -> str:
    [found] = parse_qs(urlsplit(browser.path).query)["form"]
    return found


def stranger(victim: Victim, *ids: str, secret: str = "B" * 22, tenant: str = "") -> Browser:
    """A browser whose owner has forged the cookies."""
    found = Browser(victim.browser.world)
    where = f"/t/{tenant or victim.office.id}"
    for number, id_ in enumerate(ids):
        found.cookies[f"{COOKIE}{number} {where}"] = f"{AT}.{secret}.{id_}", where
    return found


def shown(browser: Browser) -> list[str]:
    """What the inputs of the page's first form hold."""
    return [value for name, value in browser.page.forms[0].values() if name in ("number", "receipt") and value]


def stored(world: InProcess) -> dict[object, str]:
    return {one.key: one.body for one in world.fakes.store.everything() if one.kind == KIND}


def test_the_id_of_another_person_shows_nothing_with_a_cookie_that_names_it(victim: Victim) -> None:
    other = stranger(victim, victim.id)

    other.open(victim.path)

    assert (other.answer.status, shown(other)) == (200, [])


def test_nothing_tells_whether_the_form_of_another_person_exists(world: InProcess, victim: Victim) -> None:
    answers, calls = [], []
    for id_ in (victim.id, UNKNOWN):
        other, before = stranger(victim, id_), len(world.fakes.store.calls)
        other.open(victim.path.replace(victim.id, id_))
        answers.append((other.answer.status, other.answer.text.replace(id_, "")))
        calls.append(len(world.fakes.store.calls) - before)

    assert answers[0] == answers[1]
    assert calls[0] == calls[1]


@pytest.mark.parametrize("id_", [UNKNOWN, "", "x", "A" * 2000, "../FORMS", "%00"])
def test_a_forged_id_shows_the_page_as_it_is_without_one(victim: Victim, id_: str) -> None:
    victim.browser.open(f"/t/{victim.office.id}/case?form={id_}")

    assert (victim.browser.answer.status, shown(victim.browser)) == (200, [])


@pytest.mark.parametrize(
    "value", ["", "x", "." * 500, f"{AT}.{'B' * 22}.x", f"{AT}.{'B' * 22}." + ".".join([UNKNOWN] * 40), f"-1.{UNKNOWN}"]
)
def test_a_malformed_cookie_is_no_cookie(victim: Victim, value: str) -> None:
    other, where = Browser(victim.browser.world), f"/t/{victim.office.id}"
    other.cookies[f"{COOKIE}0 {where}"] = value, where

    other.open(victim.path)

    assert (other.answer.status, shown(other)) == (200, [])


def test_the_cookie_opens_nothing_at_another_organisation(world: InProcess, victim: Victim) -> None:
    other = marketplace_in(world)
    [value] = [value for key, (value, _) in victim.browser.cookies.items() if key.startswith("draft-form-")]
    _, secret, id_ = value.split(".")
    moved = stranger(victim, id_, secret=secret, tenant=other.id)

    moved.open(f"/t/{other.id}/case?form={id_}")

    assert (moved.answer.status, shown(moved)) == (200, [])


def test_a_form_that_names_that_of_another_person_neither_replaces_nor_deletes_it(
    world: InProcess, victim: Victim
) -> None:
    before, number = stored(world), victim.office.file()
    other = stranger(victim, *[victim.id] * MOST)
    other.open(f"/t/{victim.office.id}/case")
    fields = [("number", "202611-000009"), ("receipt", WRONG), ("form", victim.id)]

    other.resend(fields)  # the sixth of its browser: the oldest makes room
    other.open(f"/t/{victim.office.id}/case/{number}")
    other.submit(receipt=victim.office.filed[number].receipt)
    leave = [one.action.endswith("/leave") for one in other.page.forms].index(True)
    other.submit(form=leave)

    after = stored(world)
    assert {key: after[key] for key in before} == before


def test_the_page_with_the_receipt_of_a_report_is_for_its_browser_only(world: InProcess, victim: Victim) -> None:
    reporter = Browser(world)
    page = reported_on_page(reporter, victim.office)
    receipt = dict(page.forms[0].values())["receipt"]
    planted.plant_secret("receipt", receipt)
    other = stranger(victim, id_of(reporter))

    other.open(reporter.path)
    assert receipt not in other.answer.text
    reporter.open(reporter.path)
    assert receipt in reporter.answer.text


def test_the_table_has_nothing_that_was_typed(world: InProcess, victim: Victim) -> None:
    reported_on_page(Browser(world), victim.office, to=[])

    bodies = list(stored(world).values())

    assert len(bodies) == 2
    assert [text for text in (WRONG, WORDS, "202611-000001") for body in bodies if text in body] == []
