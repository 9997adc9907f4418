"""A person who files at an organisation in process: with mouse or keyboard alone, up to any page of the filing."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser

from tests.across.browser.journeys import MOST_PAGES
from tests.across.browser.reader import ANSWERS, TEXT, Reader
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.kernel.web.pages.filing import THINKS

NEXT, SEND = "#filing .button:not([type=button])", "#send"
_ACTIVE = """(() => {
    const { tagName, type, id, name, value, classList } = document.activeElement;
    const chosen = name && document.querySelector(`[name="${CSS.escape(name)}"]:checked`) !== null;
    return { tag: tagName, type, id, name, value, chosen, main: classList.contains("button") };
})()"""
_MOST_KEYS = 80
"""Tabs of one page. An input of a time has five stops."""
_TYPED = {**ANSWERS, "date": "11262026"}
"""What is typed. A day has the parts of the browser's own language (`ARGUMENTS`)."""
_LEFT = ("checkbox", "hidden", "datetime-local")
"""A time is left empty: no procedure needs one."""


def person(chromium: Browser, url: str, **view: Any) -> Reader:
    chosen: dict[str, Any] = {"language": "zh-CN", "width": 320, "scripts": True, **view}
    return Reader(chromium, url, **chosen)


def to_check(reader: Reader, office: Organisation, without: str = "", text: str = TEXT) -> list[str]:
    """Answers every question. Returns the addresses of their pages, in order."""
    reader.open(f"/t/{office.id}/file")
    return to_check_from_here(reader, without, text)


def to_check_from_here(reader: Reader, without: str = "", text: str = TEXT) -> list[str]:
    """As `to_check`, from the question whose page is open."""
    asked = list[str]()
    for _ in range(MOST_PAGES):
        if reader.has(SEND):
            return asked
        reader.answer(without)
        if text != TEXT and reader.has("textarea"):
            reader.page.locator("textarea").first.fill(text)
        asked = [*dict.fromkeys([*asked, reader.page.url.partition("?")[0]])]
        reader.press(NEXT)
    raise AssertionError("the questions have no end")


def think(office: Organisation) -> None:
    """The brake on programs lets the form pass."""
    assert isinstance(office.world, InProcess)
    office.world.fakes.real_clock.now += THINKS


def file(reader: Reader, office: Organisation, without: str = "", text: str = TEXT) -> str:
    """Files a complaint. Its confirmation is open then. Returns its number."""
    to_check(reader, office, without, text)
    think(office)
    reader.press(SEND)
    return reader.page.text_content(".number") or ""


def open_case(reader: Reader, office: Organisation, number: str) -> None:
    """Enters number and receipt, unless the session goes on."""
    reader.open(f"/t/{office.id}/case/{number}")
    if not reader.has("#receipt"):
        return
    reader.page.fill("#receipt", office.filed[number].receipt)
    reader.press("main button.button")


def go(reader: Reader, back: bool) -> None:
    answer = reader.page.go_back() if back else reader.page.go_forward()
    assert answer is None or answer.status == 200
    reader.look()


def inputs(reader: Reader) -> list[tuple[str | None, bool, str]]:
    """Names, ticks and values, also where no script runs."""
    found = reader.page.locator("#filing input:not([type=hidden], #website), #filing textarea").all()
    ticked = ("radio", "checkbox")
    return [
        (one.get_attribute("name"), one.get_attribute("type") in ticked and one.is_checked(), one.input_value())
        for one in found
    ]


def type_page(reader: Reader) -> None:
    """Answers a page with Tab, Space and letters, and sends it with Enter."""
    keys = reader.page.keyboard
    for _ in range(_MOST_KEYS):
        keys.press("Tab")
        at = reader.page.evaluate(_ACTIVE)
        if at["main"] and at["tag"] == "BUTTON" and at["type"] != "button":
            with reader.page.expect_navigation():
                keys.press("Enter")
            return reader.look()
        if at["type"] == "radio" and not at["chosen"]:
            keys.press("Space")
        elif _is_open(at):
            keys.type(_TYPED.get("tel" if at["name"].endswith(".contact") else at["type"], TEXT))
    raise AssertionError(f"Tab does not reach the button of {reader.page.url}")


def _is_open(at: dict[str, str]) -> bool:
    """Whether it is an empty input for text, a number or a day."""
    return at["tag"] in ("INPUT", "TEXTAREA") and at["type"] not in ("radio", *_LEFT) and not at["value"]
