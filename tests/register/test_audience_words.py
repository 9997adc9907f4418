"""P1.5, P1.7: what only users read is announced (通报); what the public reads is published (公示)."""

from __future__ import annotations

from importlib import resources

import pytest

from tests.clauses.offices.marketplace import unit
from tests.clauses.organisation import Organisation, hire, sign_up_with
from tests.clauses.world import InProcess
from tests.kernel.web.pages.browser import Browser
from tests.register.notices import closed_major, prepared


@pytest.fixture
def office(world: InProcess) -> Organisation:
    """As `platform`, with notices for its users."""
    text = (resources.files("chalicelib.policy.presets") / "platform.yaml").read_text("utf-8")
    found = sign_up_with(world, text.replace("audience: public", "audience: users").replace("公示摘要", "通报摘要"))
    unit(found, "seller")
    hire(found, "respondent", name="seller", unit="seller")
    return found


@pytest.mark.parametrize("who", ["complainant", "seller", "director"])
def test_messages_about_a_notice_for_users_do_not_call_it_public(office: Organisation, who: str) -> None:
    number = closed_major(office)

    [told] = [one for one in office.told(who, number) if "办理情况拟" in one]

    assert ("通报" in told, "公示" in told) == (True, False)


def test_the_page_of_the_complaint_says_for_whom_the_notice_is(office: Organisation, browser: Browser) -> None:
    number = closed_major(office)
    prepared(office, number)

    browser.open(f"/t/{office.id}/case?lang=zh")
    browser.submit(number=number, receipt=office.filed[number].receipt)

    assert ("拟向用户通报" in browser.page.text, "公示" in browser.page.text) == (True, False)


def test_an_organisation_whose_notices_are_for_users_has_no_public_register(
    office: Organisation, browser: Browser
) -> None:
    assert "查看公示" not in browser.open(f"/t/{office.id}?lang=zh").text
    assert "本机构的制度没有规定向公众公示。" in browser.open(f"/t/{office.id}/register?lang=zh").text
