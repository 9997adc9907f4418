"""A member of staff in a real browser: signs in at an organisation in process, and works at its desk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from playwright.sync_api import Browser

from tests.across.browser.reader import Reader
from tests.clauses.organisation import Organisation
from tests.sign_in.door import desk

FORM = "form[action*='/acts/']"
CHECK, DO = f"{FORM} button[value=check]", f"{FORM} button[value=do]"
DONE = "told=done"


def sign_in(reader: Reader, office: Organisation, who: str) -> None:
    """On the page of the door, to which a page without a session leads, and from it back to that page."""
    reader.page.fill("#email", office.emails[who])
    reader.press("main form button.button")


def at_desk(chromium: Browser, url: str, office: Organisation, who: str, **view: Any) -> Reader:
    """With the queue open."""
    chosen: dict[str, Any] = {"language": "zh-CN", "width": 1280, "scripts": True, **view}
    reader = Reader(chromium, url, **chosen)
    reader.open(desk(office))
    sign_in(reader, office, who)
    assert reader.page.url == url + desk(office)
    return reader


def open_case(reader: Reader, office: Organisation, number: str, query: str = "") -> None:
    """From a page of the queue, by its row."""
    reader.open(desk(office) + query)
    reader.press(f"a[href*='/desk/complaints/{number}']")


def open_act(reader: Reader, act: str) -> None:
    """From the page of the complaint."""
    reader.press(f"main a[href*='/acts/{act}'] >> nth=0")


def enter(reader: Reader, office: Organisation, fields: Mapping[str, Any]) -> None:
    """Fills in the form of an act. `@role`: the person in this role."""
    for name, given in fields.items():
        for each in given if isinstance(given, list) else [given]:
            text = {True: "yes", False: "no"}.get(each, each) if isinstance(each, bool) else str(each)
            text = office.subs[text[1:]] if text.startswith("@") else text
            first = reader.page.locator(f"main [name='fact.{name}']").first
            if first.get_attribute("type") in ("radio", "checkbox"):
                reader.page.check(f"main input[name='fact.{name}'][value='{text}']")
            else:
                first.fill(text)


def act(reader: Reader, office: Organisation, number: str, name: str, fields: Mapping[str, Any]) -> None:
    """Does an act: queue, complaint, form, what it will do, the last click. The complaint's page is open then."""
    open_case(reader, office, number)
    open_act(reader, name)
    enter(reader, office, fields)
    reader.press(CHECK)
    assert reader.has(DO), (name, reader.page.inner_text("main"))
    reader.press(DO)
    assert DONE in reader.page.url, (name, reader.page.inner_text("main"))


def answer(reader: Reader, office: Organisation, number: str, name: str, fields: Mapping[str, Any]) -> None:
    """The complainant acts on the public page of the complaint, whose session goes on."""
    reader.open(f"/t/{office.id}/case/{number}")
    link, form = f"main a[href*='/acts/{name}']", f"main form[action*='/acts/{name}'] button"
    if reader.has(link):
        reader.press(f"{link} >> nth=0")
    enter(reader, office, fields)
    reader.press(f"{form} >> nth=0")
    assert DONE in reader.page.url, (name, reader.page.inner_text("main"))
