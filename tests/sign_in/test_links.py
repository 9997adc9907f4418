"""What leads to the door: the front page, an organisation's public page, the page after sign-up, and invitations."""

from __future__ import annotations

import pytest

from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.kernel.web.pages.browser import ADDRESS, Browser
from tests.sign_in.door import START, desk


@pytest.fixture
def world() -> InProcess:
    return InProcess(START)


def links(browser: Browser, path: str) -> list[str]:
    return [href for href, _ in browser.open(path).links]


def test_the_front_page_leads_to_the_door(world: InProcess) -> None:
    assert "/sign-in?lang=en" in links(Browser(world), "/?lang=en")


def test_the_public_page_of_an_organisation_leads_to_its_door(world: InProcess) -> None:
    office = sign_up(world, "platform")
    assert f"/sign-in?organisation={office.id}" in links(Browser(world), f"/t/{office.id}")


def test_an_invitation_leads_to_the_door_of_its_organisation(world: InProcess) -> None:
    office = sign_up(world, "platform")
    invited = world.mail(office.emails["handler"])
    assert f"网址：{ADDRESS}/sign-in?organisation={office.id}\n" in invited


def test_an_owner_who_has_signed_up_is_led_to_the_guide(world: InProcess) -> None:
    browser = Browser(world, "en")
    browser.email = "founder@shop.example"
    browser.open("/sign-up/platform")
    browser.submit(name="Shop", id="west-street", email=browser.email)
    browser.follow("Sign in")
    browser.submit()
    assert (browser.path, browser.answer.status) == ("/t/west-street/desk/guide", 200)


def test_a_desk_is_named_after_its_organisation(world: InProcess) -> None:
    office: Organisation = sign_up(world, "platform")
    browser = Browser(world, "en")
    browser.email = office.emails["handler"]
    browser.open(f"/sign-in?organisation={office.id}")
    browser.submit()
    assert (desk(office), "示例机构") in [(href, text) for href, text in browser.page.links]
