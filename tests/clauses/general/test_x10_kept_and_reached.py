"""X.10: what complainants sent is erased some time after the end, and pages and forms name the contact."""

from __future__ import annotations

import pytest

from chalicelib.policy import presets
from tests.clauses.general.offices_by_preset import START
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.helpers.nonempty import nonempty
from tests.kernel.web.pages.browser import Browser

COMPANIES, AUTHORITIES = "3 calendar years", "10 calendar years"
KEPT = {
    **dict.fromkeys(("platform", "auto-repair", "auto-repair-forms", "corporate-standard"), COMPANIES),
    **dict.fromkeys(("property-management", "customer-service"), COMPANIES),
    **dict.fromkeys(("government-service-centre", "telecom-regulator", "food-drug-administration"), AUTHORITIES),
}
PHONE, SOURCE = "000-00000000（示例 example）", "12321"
"""`telecom-regulator` has the number of its source."""
MAILS = {
    "platform": "complaints@platform.example",
    "auto-repair": "service@auto-repair.example",
    "auto-repair-forms": "service@auto-repair.example",
    "government-service-centre": "complaints@service-centre.example",
    "telecom-regulator": "complaints@regulator.example",
    "corporate-standard": "complaints@company.example",
    "property-management": "service@property.example",
    "customer-service": "service@company.example",
    "food-drug-administration": "complaints@administration.example",
}
ADDRESS = {"zh": "示例市示例路 1 号（示例，待替换）", "en": "1 Example Road (example, to be replaced)"}
HOURS = {
    "zh": "工作日 9:00–12:00、13:30–18:00（示例，待替换）",
    "en": "9:00 to 12:00 and 13:30 to 18:00 on working days (example, to be replaced)",
}


@pytest.fixture(params=presets.names())
def office(request: pytest.FixtureRequest) -> Organisation:
    return sign_up(InProcess(START), request.param)


def test_x10_the_page_on_privacy_says_how_long_it_is_kept(office: Organisation) -> None:
    browser = Browser(office.world, "en")  # type: ignore[arg-type]
    browser.open(f"/t/{office.id}/privacy")

    assert f"has been over for {KEPT[str(office.preset)]}, " in browser.page.text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_x10_each_public_page_says_how_the_organisation_is_reached(office: Organisation, language: str) -> None:
    phone = SOURCE if office.preset == "telecom-regulator" else PHONE
    lines = [phone, MAILS[str(office.preset)], ADDRESS[language], HOURS[language]]

    for path in ("", "/file", "/case", "/privacy", "/lost-receipt"):
        browser = Browser(office.world, language)  # type: ignore[arg-type]
        text = browser.open(f"/t/{office.id}{path}").text
        assert [one for one in lines if one not in text.split("\n")] == [], path


def test_x10_the_printed_case_and_the_mail_of_a_filing_say_it_too(office: Organisation) -> None:
    phone = SOURCE if office.preset == "telecom-regulator" else PHONE
    number = office.file(facts={})
    path = f"{office.path}/complaints/{number}/case-file"
    printed = office.world.call("GET", path, auth=office.auth("owner")).text

    assert all(one in printed for one in nonempty([phone, MAILS[str(office.preset)], ADDRESS["zh"], HOURS["zh"]]))
