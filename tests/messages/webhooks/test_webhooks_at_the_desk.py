"""Webhooks at the desk, without JavaScript: added with the secret shown once, tested, changed, replayed, removed."""

from __future__ import annotations

import re

import pytest

from tests.across.leaks.planted import plant_secret
from tests.clauses.organisation import Organisation
from tests.clauses.world import advance
from tests.kernel.web.pages.browser import Browser
from tests.messages.webhooks.hooks import URL, added, call, deliveries, listed, poster, types, verified
from tests.sign_in.door import at_the_desk, desk


def webhooks(company: Organisation, below: str = "") -> str:
    return f"{desk(company)}/organisation/webhooks{below}"


def opened(company: Organisation, below: str = "", language: str = "en") -> Browser:
    browser = at_the_desk(company, "owner", language=language)
    browser.open(webhooks(company, below))
    assert browser.answer.status == 200, browser.answer.text
    return browser


def form(browser: Browser, ending: str) -> int:
    return next(at for at, one in enumerate(browser.page.forms) if one.action.endswith(ending))


def secret_in(browser: Browser) -> str:
    [found] = re.findall(r"whsec_[A-Za-z0-9+/=]+", browser.answer.text.replace("&#43;", "+"))
    plant_secret("webhook", found)
    return str(found)


def add(company: Organisation, *, url: str = URL, **typed: str | list[str]) -> Browser:
    browser = opened(company, "/new")
    browser.submit(form=form(browser, "/new"), button="save", url=url, **typed)  # type: ignore[arg-type]
    return browser


def test_a_new_webhook_shows_its_secret_once_and_signs_with_it(company: Organisation) -> None:
    browser = add(company)
    secret = secret_in(browser)
    [hook] = listed(company)
    browser.follow("I have copied it")
    assert browser.path == webhooks(company, f"/{hook['id']}")
    assert "whsec_" not in browser.answer.text
    company.file()
    assert verified(company, secret, poster(company).posted[0])["type"] == "complaint.registered"


def test_a_form_that_is_sent_twice_adds_one_and_shows_the_same_secret(company: Organisation) -> None:
    browser = opened(company, "/new")
    sent = [*((n, v) for n, v in browser.page.forms[form(browser, "/new")].values() if n != "url"), ("url", URL)]
    sent = [(name, value) for name, value in sent if name != "go"] + [("go", "save")]
    first, second = (browser.ask(webhooks(company, "/new"), sent) for _ in range(2))
    found = [re.findall(r"whsec_[A-Za-z0-9+/=]+", one.text.replace("&#43;", "+")) for one in (first, second)]
    for each in found:
        plant_secret("webhook", each[0])
    assert found[0] == found[1]
    assert len(listed(company)) == 1


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("https://127.0.0.1/x", "must not lead to a private address"),
        ("https://[fd00::1]/x", "must not lead to a private address"),
        ("https://169.254.169.254/latest", "must not lead to a private address"),
        ("http://hooks.example/x", "must start with https://"),
        ("", "Fill in “URL”"),
    ],
)
def test_a_wrong_address_is_refused_at_its_place_and_kept(company: Organisation, url: str, said: str) -> None:
    browser = add(company, url=url)
    assert browser.answer.status == 422
    assert '<a href="#url">' in browser.answer.text
    assert said in browser.page.text
    assert dict(browser.page.forms[form(browser, "/new")].values())["url"] == url
    assert listed(company) == []


def test_ticked_events_alone_are_sent(company: Organisation) -> None:
    add(company, which="some", events=["accepted"])
    company.file()
    assert listed(company)[0]["events"] == ["accepted"]
    assert types(company) == []


def test_none_of_the_events_is_no_choice(company: Organisation) -> None:
    browser = add(company, which="some")
    assert browser.answer.status == 422
    assert "Tick at least one event" in browser.page.text
    assert listed(company) == []


def test_the_list_has_each_with_its_state_in_words(company: Organisation) -> None:
    hook = added(company, events=["accepted"])
    call(company, "PATCH", f"/{hook['id']}", {"state": "disabled"})
    browser = opened(company, language="zh")
    assert "由机构管理员停用" in browser.page.text
    assert URL in browser.page.text


def test_a_test_event_says_whether_it_arrived(company: Organisation) -> None:
    hook = added(company)
    browser = opened(company, f"/{hook['id']}")
    browser.submit(form=form(browser, "/ping"))
    assert "The test event has arrived" in browser.page.text
    poster(company).status = 503
    browser.open(webhooks(company, f"/{hook['id']}"))
    browser.submit(form=form(browser, "/ping"))
    assert "did not arrive: answered 503" in browser.page.text


def test_it_is_disabled_and_enabled_by_a_button(company: Organisation) -> None:
    hook = added(company)
    browser = opened(company, f"/{hook['id']}")
    browser.submit(form=form(browser, hook["id"]), button="disable")
    assert listed(company)[0]["state"] == "disabled"
    browser.submit(form=form(browser, hook["id"]), button="enable")
    assert listed(company)[0]["state"] == "active"


def test_another_secret_is_shown_once(company: Organisation) -> None:
    hook = added(company)
    browser = opened(company, f"/{hook['id']}")
    browser.submit(form=form(browser, hook["id"]), button="rotate")
    assert secret_in(browser) != hook["secret"]
    browser.follow("I have copied it")
    assert "whsec_" not in browser.answer.text


def test_failed_calls_are_listed_with_the_reason_and_sent_again(company: Organisation) -> None:
    hook = added(company, events=["registered"])
    poster(company).status = 410
    company.file()
    poster(company).status = 200
    call(company, "PATCH", f"/{hook['id']}", {"state": "active"})
    assert [one["state"] for one in deliveries(company)] == ["failed"]
    browser = at_the_desk(company, "owner")
    browser.open(f"{desk(company)}/organisation/effects?way=webhook")
    assert "answered 410 (gone)" in browser.page.text
    browser.submit(form=form(browser, "/effects/replay"))
    assert "sent again within a minute" in browser.page.text
    assert "way=webhook" in browser.path
    assert [one["state"] for one in deliveries(company)] == ["pending"]


def test_what_has_gone_out_meanwhile_is_said_in_words(company: Organisation) -> None:
    hook = added(company)
    company.file()
    browser = at_the_desk(company, "owner")
    browser.open(f"{desk(company)}/organisation/effects?way=webhook&state=any")
    call(company, "PATCH", f"/{hook['id']}", {"state": "disabled"})
    browser.submit(form=form(browser, "/effects/replay"))
    assert "cannot be sent again" in browser.page.text


def test_the_list_leads_to_itself_alone(company: Organisation) -> None:
    added(company)
    company.file()
    browser = opened(company, f"/{listed(company)[0]['id']}")
    browser.submit(form=form(browser, "/effects/replay"))
    assert browser.path.startswith(f"{desk(company)}/organisation/effects?")
    assert "evil" not in browser.ask(browser.path.partition("?")[0] + "/replay", [("here", "told=evil")]).text


def test_all_since_a_time_are_sent_again(company: Organisation) -> None:
    hook = added(company)
    company.file()
    before = len(poster(company).posted)
    browser = opened(company, f"/{hook['id']}")
    browser.submit(form=form(browser, f"{hook['id']}/replay"), since="")
    assert browser.answer.status == 422
    assert "Enter the day and the time" in browser.page.text
    browser.submit(form=form(browser, f"{hook['id']}/replay"), since="2026-01-01T00:00")
    assert "A job sends the events again" in browser.page.text
    advance(company.world, "2 minutes")
    assert len(poster(company).posted) > before


def test_it_is_removed(company: Organisation) -> None:
    hook = added(company)
    browser = opened(company, f"/{hook['id']}")
    browser.submit(form=form(browser, "/remove"))
    assert "is removed" in browser.page.text
    assert listed(company) == []
    browser.open(webhooks(company, f"/{hook['id']}"))
    assert browser.answer.status == 404


@pytest.mark.parametrize("path", ["webhooks", "webhooks/new", "effects"])
def test_others_than_owners_are_refused(company: Organisation, path: str) -> None:
    who = next(role for role in company.emails if role != "owner")
    browser = at_the_desk(company, who)
    browser.open(f"{desk(company)}/organisation/{path}")
    assert browser.answer.status == 403


def test_the_plans_limit_is_said(company: Organisation) -> None:
    for _ in range(30):
        if call(company, "POST", body={"url": URL}).status != 201:
            break
    assert "room for at most" in opened(company).page.text
    browser = add(company)
    assert browser.answer.status == 409
