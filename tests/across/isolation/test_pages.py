"""Every page, attacked: foreign forms, cookies of other organisations, frames, caches, receipts in addresses."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

import app
from tests.across.leaks import planted
from tests.clauses.offices.marketplace import demanded, marketplace_in
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.helpers.fakes.client import Answer
from tests.kernel.web.pages.browser import ADDRESS, Browser
from tests.kernel.web.pages.document import read

PAGES = [one for one in app.app.all_contracts if one.page and not one.by_session and one.path != "/static/{file}"]
"""Those of the desk are attacked in `desk`."""
READ = sorted({one.path for one in PAGES if one.method == "GET" and one.shows_pages})
FOR_MODULES = sorted({(one.method, one.path) for one in PAGES if not one.shows_pages})
SENT = sorted({one.path for one in PAGES if one.method == "POST"})
WITHOUT_SESSION = frozenset({"/sign-up/{preset}"})
"""Forms that act without a session: a foreign page can send them as well as its own program can."""
RULES = (
    "default-src 'none'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "script-src 'self';",
    "trusted-types 'none'",
)
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "text/html"}


@pytest.fixture
def world() -> InProcess:
    return InProcess("2026-11-27T09:00:00+08:00")


@pytest.fixture
def office(world: InProcess) -> Organisation:
    return marketplace_in(world)


@pytest.fixture
def names(office: Organisation) -> dict[str, str]:
    """A value for each parameter of a path. The complaint has a demand for evidence."""
    number = demanded(office)
    demand = str(office.events(number, type_="evidence_demanded")[-1]["id"]).rpartition("/")[2]
    own = {"tenant": office.id, "number": number, "demand": demand, "act": "supplement", "preset": "platform"}
    unknown = {"period": "2026-01", "notice": "0" * 32, "reference": "0" * 32, "file": "0" * 32}
    step = {"draft": "0" * 22, "step": "check"}
    return {**own, **unknown, **step, "operation": "post_complaint", "schema": "NewComplaint"}


def request(world: InProcess, method: str, path: str, body: bytes | None = None, **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return world.client.request(method, path, body, headers={**FORM, **named})


@pytest.mark.parametrize("path", SENT)
def test_the_form_of_another_site_is_refused_before_anything_is_read(
    world: InProcess, names: dict[str, str], path: str
) -> None:
    answer = request(world, "POST", path.format(**names), b"receipt=k1.x&text=x&key=x", Origin="https://evil.example")
    assert (answer.status == 403) is (path not in WITHOUT_SESSION)


@pytest.mark.parametrize("path", READ)
def test_each_page_forbids_frames_foreign_content_and_caches(
    world: InProcess, names: dict[str, str], path: str
) -> None:
    answer = request(world, "GET", path.format(**names))
    if answer.status == 303:
        answer = request(world, "GET", answer.headers["Location"])
    assert answer.headers["Cache-Control"] == "no-store"
    assert [rule for rule in RULES if rule not in answer.headers["Content-Security-Policy"]] == []
    assert answer.headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("path", [path for path in READ if "{number}" in path])
def test_nothing_of_a_complaint_is_on_a_page_without_its_session(
    world: InProcess, office: Organisation, names: dict[str, str], path: str
) -> None:
    answer = request(world, "GET", path.format(**names))
    if answer.status == 303:
        answer = request(world, "GET", answer.headers["Location"])
    assert 'name="receipt"' in answer.text
    assert "2026年12月1日" not in answer.text


@pytest.mark.parametrize(("method", "path"), FOR_MODULES)
def test_a_route_for_modules_answers_nothing_without_a_session(
    world: InProcess, names: dict[str, str], method: str, path: str
) -> None:
    answer = request(world, method, path.format(**names), b"kind=other", Origin=ADDRESS)
    assert (answer.status, answer.headers["Content-Type"]) == (401, "application/problem+json")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_the_session_of_a_complaint_is_none_for_the_files_of_another(
    world: InProcess, office: Organisation, names: dict[str, str]
) -> None:
    browser = Browser(world)
    browser.open(f"/t/{office.id}/case/{names['number']}")
    browser.submit(receipt=office.filed[names["number"]].receipt)
    (_, (value, _)), *_ = browser.cookies.items()
    others = [f"/t/{office.id}/case/{office.file()}", f"/t/{marketplace_in(world).id}/case/{names['number']}"]
    found = [request(world, "GET", f"{path}/uploads", Cookie=f"case={value}").problem for path in others]
    assert [one for one in found if one not in ("unauthenticated", "complaint-unknown")] == []


def test_the_cookie_of_a_complaint_opens_nothing_at_another_organisation(
    world: InProcess, office: Organisation, names: dict[str, str]
) -> None:
    receipt = office.filed[names["number"]].receipt
    browser = Browser(world)
    browser.open(f"/t/{office.id}/case/{names['number']}")
    browser.submit(receipt=receipt)
    (_, (value, _)), *_ = browser.cookies.items()
    other = marketplace_in(world)
    answer = request(world, "GET", f"/t/{other.id}/case/{names['number']}", Cookie=f"case={value}")
    assert read(answer.text).headings in (["查询投诉"], ["投诉不存在"])


def test_the_way_back_from_the_bucket_is_at_the_own_address(
    world: InProcess, office: Organisation, names: dict[str, str]
) -> None:
    receipt = office.filed[names["number"]].receipt
    planted.plant_secret("receipt", receipt)
    browser = Browser(world)
    browser.open(f"/t/{office.id}/case/{names['number']}")
    browser.submit(receipt=receipt)
    (_, (value, _)), *_ = browser.cookies.items()
    path = f"/t/{office.id}/case/{names['number']}/files"
    browser.open(path)
    browser.submit(kind="other")
    request(world, "GET", browser.path + "?lang=https://evil.example", Cookie=f"case={value}", Host="evil.example")
    backs = [urlsplit(one.back) for one in world.fakes.objects.forms]
    assert len(backs) == 2
    assert {f"{one.scheme}://{one.netloc}" for one in backs} == {ADDRESS}
    assert not [one for one in (*browser.visited, *(back.geturl() for back in backs)) if receipt in one]
