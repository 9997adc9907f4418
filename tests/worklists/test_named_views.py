"""Named views of the queue: kept by a member, shared with roles, deleted, limited, exported and erased."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from chalicelib.access import binding
from chalicelib.features.worklists import named_views
from tests.clauses.organisation import Organisation, hire, sign_up
from tests.clauses.world import InProcess
from tests.kernel.web.pages.browser import Browser
from tests.leaving.test_leaving import later, leave, statement
from tests.sign_in.door import START, at_the_desk, desk

LATE = "tab=overdue&channel=phone"


@pytest.fixture
def office() -> Organisation:
    return sign_up(InProcess(START), "platform")


def form_of(browser: Browser, end: str) -> int:
    return next(at for at, one in enumerate(browser.page.forms) if one.action.partition("?")[0].endswith(end))


def keep(browser: Browser, office: Organisation, name: str, query: str = LATE, roles: tuple[str, ...] = ()) -> Browser:
    browser.open(f"{desk(office)}?{query}")
    given = {"role": list(roles)} if roles else {}
    browser.submit(form=form_of(browser, "/desk/views"), name=name, **given)
    return browser


def views(browser: Browser, office: Organisation) -> dict[str, str]:
    """The address of each view that the queue shows, by name."""
    browser.open(desk(office))
    shown = re.search(r'<ul class="views">(.*?)</ul>', browser.answer.text, re.DOTALL)
    found = re.findall(r'href="\?([^"]*)"[^>]*>([^<]*)<', shown[1] if shown else "")
    return {name: address.replace("&amp;", "&") for address, name in found}


def test_a_member_keeps_the_filters_of_the_address_under_a_name(office: Organisation) -> None:
    browser = keep(at_the_desk(office, "handler"), office, "Late calls")
    assert "The view is kept" in browser.page.text
    assert views(browser, office) == {"Late calls": LATE}
    assert views(at_the_desk(office, "screener"), office) == {}


def test_a_view_has_neither_the_language_nor_the_place_in_the_list(office: Organisation) -> None:
    browser = keep(at_the_desk(office, "handler"), office, "Late", f"{LATE}&lang=en&told=deleted&utm=x")
    assert views(browser, office)["Late"] == LATE


def test_a_name_that_is_kept_again_takes_the_new_filters(office: Organisation) -> None:
    browser = keep(keep(at_the_desk(office, "handler"), office, "Mine"), office, "Mine", "tab=mine")
    assert views(browser, office) == {"Mine": "tab=mine"}


def test_people_of_a_role_see_what_is_shared_with_it_and_others_do_not(office: Organisation) -> None:
    keep(at_the_desk(office, "owner"), office, "Team", roles=("handler",))
    assert views(at_the_desk(office, "handler"), office) == {"Team": LATE}
    assert views(at_the_desk(office, "screener"), office) == {}


def test_a_member_shares_with_their_own_roles_alone(office: Organisation) -> None:
    browser = at_the_desk(office, "handler")
    offered = browser.page.forms[form_of(browser, "/desk/views")].controls
    assert {one.value for one in offered if one.name == "role"} == {"handler"}
    assert browser.ask(f"{desk(office)}/views?{LATE}", [("name", "x"), ("role", "screener")]).status == 422
    assert views(at_the_desk(office, "screener"), office) == {}


def test_a_colleague_cannot_delete_or_replace_what_another_shares_and_an_owner_can(office: Organisation) -> None:
    owner = keep(at_the_desk(office, "owner"), office, "Team", roles=("handler",))
    owner.open(desk(office))
    delete = owner.page.forms[form_of(owner, "/delete")].action
    colleague = at_the_desk(office, "handler")

    assert colleague.ask(delete, [("x", "x")]).status == 403
    assert keep(colleague, office, "Team", "tab=mine", ("handler",)).answer.status == 422
    assert views(colleague, office) == {"Team": LATE}
    owner.submit(form=form_of(owner, "/delete"))
    assert views(colleague, office) == {}


def test_a_member_deletes_a_view_and_again(office: Organisation) -> None:
    browser = keep(at_the_desk(office, "handler"), office, "Late")
    action = browser.page.forms[form_of(browser, "/delete")].action
    browser.submit(form=form_of(browser, "/delete"))
    assert "The view is deleted" in browser.page.text
    assert "The view is deleted" in browser.ask(action, [("x", "x")]).text
    assert views(browser, office) == {}


def test_an_owner_does_not_delete_the_own_view_of_another(office: Organisation) -> None:
    browser = keep(at_the_desk(office, "handler"), office, "Late")
    at_the_desk(office, "owner").ask(browser.page.forms[form_of(browser, "/delete")].action, [("x", "x")])
    assert views(browser, office) == {"Late": LATE}


@pytest.mark.parametrize(("name", "why"), [(" ", "Enter a name"), ("x" * 41, "at most 40 characters")])
def test_a_name_that_is_empty_or_too_long_is_shown_again(office: Organisation, name: str, why: str) -> None:
    browser = keep(at_the_desk(office, "handler"), office, name)
    assert browser.answer.status == 422
    assert why in browser.page.text
    assert f'value="{name.strip()}"' in browser.answer.text


def test_a_member_has_at_most_as_many_views_as_the_limit(office: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chalicelib.features.worklists.named_views.MOST_OWN", 1)
    browser = keep(keep(at_the_desk(office, "handler"), office, "One"), office, "Two")
    assert browser.answer.status == 422
    assert views(browser, office) == {"One": LATE}


def test_a_hostile_name_is_text(office: Organisation) -> None:
    browser = keep(at_the_desk(office, "handler"), office, "<b>x</b>")
    browser.open(desk(office))
    assert "<b>x</b>" not in browser.answer.text
    assert "<b>x</b>" in browser.page.text


def test_the_own_views_of_a_person_who_leaves_are_removed_and_shared_ones_stay(office: Organisation) -> None:
    browser = keep(at_the_desk(office, "handler"), office, "Own")
    keep(browser, office, "Shared", roles=("handler",))
    office.world.call("DELETE", f"{office.path}/people/{office.subs['handler']}", auth=office.auth("owner"))
    assert stored(office) == {"shared"}


def shared_by(browser: Browser, office: Organisation) -> list[str]:
    """Who shares each view, as the queue says it."""
    browser.open(desk(office))
    return re.findall(r'<span class="hint">(Shared by [^<]*)<', browser.answer.text)


def test_a_shared_view_says_who_shares_it(office: Organisation) -> None:
    keep(at_the_desk(office, "handler"), office, "Team", roles=("handler",))
    hire(office, "handler", name="second")
    assert shared_by(at_the_desk(office, "second"), office) == ["Shared by handler"]


def test_what_a_person_who_leaves_has_shared_is_shared_by_the_organisation(office: Organisation) -> None:
    hire(office, "handler", name="second")
    keep(at_the_desk(office, "handler"), office, "Team", roles=("handler",))
    keep(at_the_desk(office, "second"), office, "Others", roles=("handler",))
    office.world.call("DELETE", f"{office.path}/people/{office.subs['handler']}", auth=office.auth("owner"))
    colleague = at_the_desk(office, "second")

    assert views(colleague, office) == {"Team": LATE, "Others": LATE}
    assert shared_by(colleague, office) == ["Shared by the organisation", "Shared by second"]
    assert office.subs["handler"] not in json.dumps(archived(office))


def test_an_owner_deletes_what_the_organisation_shares_and_others_do_not(office: Organisation) -> None:
    hire(office, "handler", name="second")
    keep(at_the_desk(office, "handler"), office, "Team", roles=("handler",))
    office.world.call("DELETE", f"{office.path}/people/{office.subs['handler']}", auth=office.auth("owner"))
    colleague, owner = at_the_desk(office, "second"), at_the_desk(office, "owner")
    colleague.open(desk(office))
    assert not [one for one in colleague.page.forms if one.action.endswith("/delete")]

    owner.open(desk(office))
    owner.submit(form=form_of(owner, "/delete"))
    assert views(colleague, office) == {}


def test_the_archive_has_all_views_and_no_file_without_one(office: Organisation) -> None:
    assert archived(office) == {}
    browser = keep(at_the_desk(office, "handler"), office, "Own")
    keep(browser, office, "Team", roles=("handler",))
    [views_file] = archived(office).values()
    assert [(one["name"], one["address"], one["roles"]) for one in views_file] == [
        ("Own", LATE, []),
        ("Team", LATE, ["handler"]),
    ]


def archived(office: Organisation) -> dict[str, Any]:
    """What the feature gives to an archive."""
    assert isinstance(office.world, InProcess)
    with binding.tenant(office.id):
        files = named_views.ARCHIVED.files(office.world.fakes.wiring, office.id, [])
        return {name: json.loads(body) for name, body in files}


def test_erasure_leaves_no_view(office: Organisation) -> None:
    keep(at_the_desk(office, "handler"), office, "Own")
    assert leave(office).status == 202
    later(office, 32)
    assert statement(office).status == 200
    assert stored(office) == set()


def stored(office: Organisation) -> set[str]:
    """Whose views are stored."""
    assert isinstance(office.world, InProcess)
    everything = office.world.fakes.store.everything()
    return {"shared" if one.key.sk == "shared" else "own" for one in everything if one.kind == "queue-views"}
