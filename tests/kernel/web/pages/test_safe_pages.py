"""Pages and hostile people: injected texts, foreign forms, framing, caches."""

from __future__ import annotations

import pytest

from chalicelib.web.pages import assets
from tests.clauses.offices import hall as halls
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.handling.pages.cases import late_with_an_offer_and_a_demand
from tests.handling.pages.shops import page_of
from tests.helpers.left_out import kept
from tests.kernel.web.pages.browser import Browser
from tests.kernel.web.pages.filing import filed, to_check

HOSTILE = "</textarea></p><script>alert(1)</script>{{ 7 * 7 }}<img src=x onerror=alert(1)>\"'"


def test_texts_of_a_complainant_stay_texts(hall: Organisation, browser: Browser) -> None:
    page = to_check(browser, hall, fact__content=HOSTILE)
    assert [
        given for tag, given in page.tags if tag == "script" and not given.get("src", "").startswith("/static/")
    ] == []
    assert "img" not in {tag for tag, _ in page.tags}
    assert "{{ 7 * 7 }}" in page.text
    page = browser.submit(button="to:content-1")
    assert {one.name: one.value for one in page.forms[0].controls}["fact.content"] == HOSTILE


def test_names_of_inputs_from_outside_stay_texts(hall: Organisation, browser: Browser) -> None:
    browser.open(f"/t/{hall.id}/file")
    browser.page.forms[0].controls.clear()
    sent = b"step=channel&go=next&channel=oral&fact.%22%3E%3Cscript%3E=1"
    answer = browser.world.client.request(
        "POST", f"/t/{hall.id}/file", sent, headers={"Content-Type": "application/x-www-form-urlencoded"}
    )
    assert "<script>" not in answer.text


@pytest.mark.parametrize("path", ["", "/file", "/case"])
def test_every_page_forbids_frames_scripts_inside_and_other_hosts(
    hall: Organisation, browser: Browser, path: str
) -> None:
    browser.open(f"/t/{hall.id}{path}")
    policy = browser.answer.headers["Content-Security-Policy"]
    for rule in ("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "script-src 'self'"):
        assert rule in policy
    assert "unsafe" not in policy
    assert not [
        given for _, given in browser.page.tags if "style" in given or any(key.startswith("on") for key in given)
    ]


def test_no_page_may_be_kept_by_a_cache(hall: Organisation, browser: Browser) -> None:
    filed(browser, hall)
    assert browser.answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "https://redress.example.evil.example"])
def test_a_form_from_another_site_does_nothing(world: InProcess, origin: str) -> None:
    office = halls.hall_in(world)
    browser = Browser(world)
    number, _ = filed(browser, office)
    browser.submit()
    browser.submit(origin=origin)
    assert browser.answer.status == 403
    assert browser.open(f"/t/{office.id}/case/{number}").headings[0] == f"投诉 {number}"


def test_files_of_the_pages_are_kept_for_ever_under_their_digest(browser: Browser) -> None:
    answer = browser.world.client.request("GET", assets.path("pages.css"))
    assert answer.status == 200
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Content-Type"].startswith("text/css")


@pytest.mark.parametrize("file", ["pages.css", "pages.000000000000.css", "..%2F..%2Fapp.py", "%2e%2e"])
def test_no_other_file_is_served(browser: Browser, file: str) -> None:
    assert browser.world.client.request("GET", f"/static/{file}").status == 404


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_missing_page_says_what_to_do(world: InProcess, language: str) -> None:
    browser = Browser(world, language)
    page = browser.open("/t/no-such-organisation")
    assert browser.answer.status == 404
    assert len(page.headings) == 1
    assert len(page.texts) >= 4


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", ["/no/such/page", "/t/x/nothing", "/favicon.ico"])
def test_an_unknown_path_is_a_page_in_the_readers_language(world: InProcess, path: str, language: str) -> None:
    browser = Browser(world, language)
    page = browser.open(path)
    assert browser.answer.status == 404
    assert (page.language, len(page.headings)) == ("zh-CN" if language == "zh" else "en", 1)


def test_a_program_gets_a_problem_document_for_an_unknown_path(browser: Browser) -> None:
    answer = browser.world.client.request("GET", "/nowhere", headers={"Accept": "application/json"})
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_an_overlong_text_is_named_and_kept(hall: Organisation, browser: Browser) -> None:
    browser.open(f"/t/{hall.id}/file")
    browser.submit(**{"category__class": "service_quality"})
    page = browser.submit(fact__content="长" * 5_000)
    assert browser.answer.status == 422
    assert {one.name: one.value for one in page.forms[0].controls}["fact.content"] == "长" * 5_000


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_of_a_late_case_with_an_offer_and_a_demand_is_at_most_14_kilobytes(
    world: InProcess, language: str
) -> None:
    import gzip

    browser = page_of(*late_with_an_offer_and_a_demand(world), language)

    assert {"late", "result", "demand"} <= {given.get("class") for tag, given in browser.page.tags if tag == "section"}
    style = browser.world.client.request("GET", assets.path("pages.css")).text
    assert len(gzip.compress((browser.answer.text + style).encode())) <= 14_000


def test_a_page_with_its_style_is_at_most_14_kilobytes(world: InProcess, browser: Browser) -> None:
    import gzip

    regulator = sign_up(world, "telecom-regulator")  # first, since a kept organisation brings its own time
    style = browser.world.client.request("GET", assets.path("pages.css")).text
    number, _ = filed(browser, regulator)
    browser.submit()
    reports = kept({"get_report_form": "/report"}).values()
    own = [f"/t/{regulator.id}{path}" for path in ("", "/file", *reports, "/register", f"/case/{number}")]
    for path in (*own, f"/t/{regulator.id}/case/{number}/files", "/", "/sign-up/platform"):
        browser.open(path)
        assert browser.answer.status == 200
        assert len(gzip.compress((browser.answer.text + style).encode())) <= 14_000, path


@pytest.mark.parametrize(
    ("path", "way"), [("/t/no-such-organisation", "/"), ("/no/such/page", "/"), ("/t/{hall}/figures/x", "/t/{hall}")]
)
def test_an_error_leads_to_the_nearest_first_page(hall: Organisation, browser: Browser, path: str, way: str) -> None:
    page = browser.open(path.replace("{hall}", hall.id))
    assert browser.answer.status == 404
    assert [href for href, _ in page.links[-2:]] == [way.replace("{hall}", hall.id), "/accessibility"]
