"""The pages of the organisation in a real browser: an owner's first day, and each page in both languages and sizes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from chalicelib.policy import presets
from tests.across.browser.conftest import ALL_PAGES
from tests.across.browser.desk_person import at_desk
from tests.across.browser.reader import Reader
from tests.across.browser.served import served
from tests.clauses.organisation import Organisation, hire, sign_up
from tests.clauses.world import InProcess
from tests.sign_in.door import START, desk

BELOW = ("", "/plan", "/contact", "/people", "/people/invite", "/people/import", "/people/matrix", "/units")
FOUNDER, TENANT = "founder@example.com", "west-street"
GUIDE = f"/t/{TENANT}/desk/guide"
TABLE = "邮箱,姓名,角色\nwang@example.com,王芳,archivist\n"
VIEWS = pytest.mark.parametrize(
    ("language", "width", "scripts"),
    [("zh-CN", 390, True), ("en-GB", 390, False), ("zh-CN", 1280, False), ("en-GB", 1280, True), ("zh-CN", 1920, True)],
)


@pytest.fixture(scope="module")
def office() -> Organisation:
    found = sign_up(InProcess(START), "platform")
    for unit, name in (("head", "总部"), ("east", "东部分公司（名称很长的一个部门，用来检查版面）")):
        body = {"id": unit, "name": name}
        assert found.world.call("POST", f"{found.path}/units", body, auth=found.auth("owner")).status == 201
    hire(found, "respondent", unit="east", name="guest")
    return found


@pytest.fixture
def world() -> InProcess:
    return InProcess(START)


@pytest.fixture
def door(world: InProcess) -> Iterator[str]:
    with served(world) as address:
        yield address


@ALL_PAGES
@VIEWS
def test_each_page_keeps_the_rules_and_its_width(
    chromium: Browser, url: str, office: Organisation, language: str, width: int, scripts: bool
) -> None:
    reader = at_desk(chromium, url, office, "owner", language=language, width=width, scripts=scripts)
    for below in (*BELOW, f"/people/{office.subs['handler']}"):
        reader.open(f"{desk(office)}/organisation{below}")
        assert reader.page.evaluate("document.documentElement.scrollWidth") <= width, below
    assert reader.faults == []


def first_day(reader: Reader, preset: str) -> None:
    """From the sign-up to the opening: only links and buttons of the pages."""
    reader.open(f"/sign-up/{preset}")
    for name, text in {"name": "西街商城", "id": TENANT, "email": FOUNDER}.items():
        reader.page.fill(f"#{name}", text)
    reader.press("main form button")
    reader.press("main a.button")
    reader.page.fill("#email", FOUNDER)
    reader.press("main form button.button")
    assert GUIDE in reader.page.url
    _invite(reader)
    _give_roles(reader)
    _say_contact(reader)
    reader.open(GUIDE)
    reader.press("form#open button")
    assert "told=open" in reader.page.url, reader.page.inner_text("main")


def _invite(reader: Reader) -> None:
    reader.press("li.is-current a.button")
    reader.press("main .buttons a.button")
    reader.page.fill("#email", "clerk@example.com")
    reader.page.fill("#name", "李明")
    reader.page.select_option("#role", index=1)
    reader.press("main .form button.button")
    assert "told=invited" in reader.page.url, reader.page.inner_text("main")


def _give_roles(reader: Reader) -> None:
    """To the person who was invited, all that nobody holds."""
    reader.open(GUIDE)
    if not reader.has("form#roles"):
        return
    for select in reader.page.locator("form#roles select").all():
        select.select_option(label="李明")
    reader.press("form#roles button")
    assert "told=roles" in reader.page.url


def _say_contact(reader: Reader) -> None:
    reader.open(GUIDE)
    assert reader.page.locator("form#open button").is_disabled()
    reader.press("a[href*='/organisation/contact']")
    said = {"phone": "021-00000000", "email": "help@shop.example", "address_zh": "西街 1 号", "hours_zh": "工作日"}
    for name, text in {**said, "address_en": "", "hours_en": ""}.items():
        reader.page.fill(f"#{name}", text)
    reader.press("main .form button.button")
    assert "told=contact" in reader.page.url, reader.page.inner_text("main")


@pytest.mark.slow
@pytest.mark.parametrize(("scripts", "width"), [(False, 390)])
def test_the_first_day_from_the_sign_up_to_the_opening(
    chromium: Browser, door: str, world: InProcess, scripts: bool, width: int
) -> None:
    reader = Reader(chromium, door, language="en-GB", width=width, scripts=scripts)
    first_day(reader, "platform")
    reader.open(f"/t/{TENANT}")
    assert "021-00000000" in reader.page.inner_text("body")
    assert reader.faults == []


@ALL_PAGES
@pytest.mark.parametrize("preset", presets.names())
def test_the_first_day_of_each_preset(chromium: Browser, door: str, preset: str) -> None:
    reader = Reader(chromium, door, language="zh-CN", width=1280, scripts=True)
    first_day(reader, preset)
    reader.open(GUIDE)
    assert reader.page.locator("li.is-current form#roles").count() == 0
    assert reader.faults == []


@ALL_PAGES
@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig"])
def test_the_bytes_of_a_chosen_file_are_sent_in_any_encoding(
    chromium: Browser, url: str, office: Organisation, encoding: str
) -> None:
    reader = at_desk(chromium, url, office, "owner", width=390)
    reader.open(f"{desk(office)}/organisation/people/import")
    reader.page.set_input_files("#chosen", {"name": "a.csv", "mimeType": "text/csv", "buffer": TABLE.encode(encoding)})
    reader.page.wait_for_function("document.querySelector('input[name=file]').value !== ''")
    reader.press("main .form button.button")
    assert "王芳" in reader.page.inner_text("main table")
    assert reader.faults == []


@ALL_PAGES
def test_the_matrix_is_changed_with_the_keyboard_alone(chromium: Browser, url: str, office: Organisation) -> None:
    reader = at_desk(chromium, url, office, "owner", scripts=False)
    reader.open(f"{desk(office)}/organisation/people/matrix")
    box = f"input[value='{office.subs['supervisor']}/archivist']"
    reader.page.focus(".scrolls")
    for _ in range(80):
        reader.page.keyboard.press("Tab")
        if reader.page.evaluate("selector => document.activeElement === document.querySelector(selector)", box):
            break
    reader.page.keyboard.press("Space")
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_url("**told=grants**")
    assert reader.page.is_checked(box)
