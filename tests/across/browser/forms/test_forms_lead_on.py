"""After each form of a public page, reload, back and forward send nothing again, and lose nothing that was typed.

What the acts of each procedure and the steps of a filing do is in `test_acts_of_complainants` and `test_ways`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Request

from tests.across.browser.conftest import ALL_PAGES
from tests.across.browser.reader import Reader
from tests.across.browser.served import served
from tests.across.budgets.counted_faults import WRONG
from tests.across.leaks import planted
from tests.clauses.offices.marketplace import demanded, marketplace_in
from tests.clauses.offices.regulator import regulator_in
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.kernel.web.pages.filing import THINKS

pytestmark = ALL_PAGES

TEXT = "补充：昨天又去了一次。"
BUTTON = "main form button.button"
NO_ADDRESS = "someone"
INPUTS = "main input:not([type=hidden], [type=radio], [type=checkbox], #website), main textarea"


class Place(NamedTuple):
    """An office with a demand for evidence, another one with a complaint, and where their pages are.

    `link`: the receipt of the demand.
    """

    url: str
    office: Organisation
    demand: str
    link: str
    regulator: Organisation
    number: str

    @property
    def root(self) -> str:
        return f"/t/{self.office.id}"

    @property
    def case(self) -> str:
        return f"/t/{self.regulator.id}/case/{self.number}"

    @property
    def receipt(self) -> str:
        return self.regulator.filed[self.number].receipt


@pytest.fixture(scope="module")
def place() -> Iterator[Place]:
    world = InProcess("2026-11-27T09:00:00+08:00")
    office, regulator = marketplace_in(world), regulator_in(world)
    number = demanded(office)
    demand = str(office.events(number, type_="evidence_demanded")[-1]["id"]).rpartition("/")[2]
    link = office.get(f"/complaints/{number}/demands/{demand}/link", "handler")["receipt"]
    planted.plant_secret("receipt", link)
    with served(world) as url:
        yield Place(url, office, f"/t/{office.id}/demand/{number}/{demand}", link, regulator, regulator.file())


def _end_session(reader: Reader) -> None:
    reader.page.context.clear_cookies(name="case")


def _enter(reader: Reader, path: str, receipt: str) -> None:
    reader.open(path)
    reader.page.fill("#receipt", receipt)
    reader.press(BUTTON)


def _case_entry(reader: Reader, place: Place) -> None:
    reader.open(f"{place.root}/case")
    reader.page.fill("#number", place.number)
    reader.page.fill("#receipt", WRONG)


def _lost_receipt(reader: Reader, place: Place) -> None:
    reader.open(f"{place.root}/lost-receipt")
    reader.page.fill("#number", place.number)
    reader.page.fill("#email", NO_ADDRESS)


def _act_after_the_session(reader: Reader, place: Place) -> None:
    _enter(reader, place.case, place.receipt)
    reader.open(f"{place.case}/acts/supplement")
    reader.page.locator("main textarea").fill(TEXT)
    _end_session(reader)


def _wrong_receipt_for_an_act(reader: Reader, place: Place) -> None:
    _act_after_the_session(reader, place)
    reader.press(BUTTON)
    reader.page.fill("#receipt", WRONG)


def _receipt_for_an_act(reader: Reader, place: Place) -> None:
    _act_after_the_session(reader, place)
    reader.press(BUTTON)
    reader.page.fill("#receipt", place.receipt)


def _demand_entry(reader: Reader, place: Place) -> None:
    reader.open(place.demand)
    reader.page.fill("#receipt", WRONG)


def _demand_text(reader: Reader, place: Place) -> None:
    _enter(reader, place.demand, place.link)
    reader.page.fill("#text", TEXT)  # without the kind


def _demand_text_after_the_session(reader: Reader, place: Place) -> None:
    _demand_text(reader, place)
    _end_session(reader)


def _report(reader: Reader, place: Place) -> None:
    reader.open(f"{place.root}/report")
    reader.page.fill("#text", TEXT)


def _whole_report(reader: Reader, place: Place) -> None:
    _report(reader, place)
    reader.page.check("#to-1")
    reader.page.check("#about-1")
    world = place.office.world
    assert isinstance(world, InProcess)
    world.fakes.real_clock.now += THINKS


def _opened_report(reader: Reader, place: Place) -> None:
    _whole_report(reader, place)
    reader.press("#send")
    planted.plant_secret("receipt", reader.page.text_content(".secret") or "")
    reader.press(BUTTON)


def _message(reader: Reader, place: Place) -> None:
    _opened_report(reader, place)
    reader.page.fill("#text", " ")


def _message_after_the_session(reader: Reader, place: Place) -> None:
    _opened_report(reader, place)
    reader.page.fill("#text", TEXT)
    _end_session(reader)


def _report_entry(reader: Reader, place: Place) -> None:
    reader.open(f"{place.root}/report/{'0' * 32}")
    reader.page.fill("#receipt", WRONG)


def _reports_entry(reader: Reader, place: Place) -> None:
    reader.open(f"{place.root}/reports")
    reader.page.fill("#reference", "0" * 32)
    reader.page.fill("#receipt", WRONG)


def _lost_receipt_of_a_report(reader: Reader, place: Place) -> None:
    reader.open(f"{place.root}/report/{'0' * 32}/lost-receipt")
    reader.page.fill("#email", NO_ADDRESS)


def _sign_up(reader: Reader, _: Place) -> None:
    reader.open("/sign-up/platform")
    reader.page.fill("#name", "西街商城")
    reader.page.fill("#email", NO_ADDRESS)


def _whole_sign_up(reader: Reader, _: Place) -> None:
    _sign_up(reader, _)
    reader.page.fill("#email", "founder@example.com")
    reader.page.fill("#id", "west-street-with" if reader.scripts else "west-street-without")


def _sign_in(reader: Reader, _: Place) -> None:
    reader.open("/sign-in")
    reader.page.fill("#email", NO_ADDRESS)


class Form(NamedTuple):
    """`fill`: opens the page and fills it in. `shows`: what the page shows that follows, in an input or as a text."""

    fill: Callable[[Reader, Place], None]
    shows: str
    button: str = BUTTON


FORMS: Mapping[str, Form] = {
    "a wrong receipt of a case": Form(_case_entry, WRONG),
    "a lost receipt with a fault": Form(_lost_receipt, NO_ADDRESS),
    "an act after the session": Form(_act_after_the_session, "没有丢失"),
    "a wrong receipt for an act": Form(_wrong_receipt_for_an_act, WRONG),
    "the receipt for an act": Form(_receipt_for_an_act, TEXT),
    "a wrong receipt of a demand": Form(_demand_entry, WRONG),
    "an answer to a demand with a fault": Form(_demand_text, TEXT, "form[action*='/text'] button"),
    "an answer to a demand after the session": Form(
        _demand_text_after_the_session, "没有丢失", "form[action*='/text'] button"
    ),
    "a report with a fault": Form(_report, TEXT, "#send"),
    "a report": Form(_whole_report, "举报已提交", "#send"),
    "a message with a fault": Form(_message, "等待处理"),
    "a message after the session": Form(_message_after_the_session, "没有丢失"),
    "a wrong receipt of a report": Form(_report_entry, WRONG),
    "a wrong reference of a report": Form(_reports_entry, WRONG),
    "a lost receipt of a report with a fault": Form(_lost_receipt_of_a_report, NO_ADDRESS),
    "a sign-up with a fault": Form(_sign_up, NO_ADDRESS),
    "a sign-up": Form(_whole_sign_up, "founder@example.com"),
    "a sign-in with a fault": Form(_sign_in, NO_ADDRESS),
}


def seen(reader: Reader) -> tuple[str, list[str]]:
    """The words of the page, and what its inputs hold."""
    held = [one.input_value() for one in reader.page.locator(INPUTS).all()]
    return reader.page.text_content("main") or "", held


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("name", FORMS)
def test_reload_back_and_forward_send_nothing_and_lose_nothing(
    chromium: Browser, place: Place, name: str, scripts: bool
) -> None:
    form, sent = FORMS[name], list[str]()
    reader = Reader(chromium, place.url, language="zh-CN", width=320, scripts=scripts, rules=False)
    form.fill(reader, place)

    def note(request: Request) -> None:
        sent.extend([request.url] if request.method == "POST" else [])

    reader.page.on("request", note)
    reader.press(form.button)
    shown, address = seen(reader), reader.page.url
    assert [one for one in (shown[0], *shown[1]) if form.shows in one] != []
    assert len(sent) == 1

    reader.page.reload()
    assert seen(reader) == shown
    reader.page.go_back()
    assert reader.has("main h1")
    reader.page.go_forward()
    assert (reader.page.url, seen(reader), len(sent)) == (address, shown, 1)
    reader.look()
