"""How the organisation is reached, changed on its page: a version that differs in nothing else."""

from __future__ import annotations

import json
from typing import Any

import pytest

from chalicelib.access import binding
from chalicelib.policy import presets
from chalicelib.tenants.publication import policy_version
from tests.clauses.organisation import Organisation, sign_up, sign_up_with
from tests.clauses.world import InProcess
from tests.kernel.policy.test_guide import SMALLEST, added, read
from tests.kernel.web.pages.browser import Browser
from tests.organisations.practice.practising import form_of
from tests.sign_in.door import START, at_the_desk, desk

SAID = {
    "phone": "021-00000000",
    "email": "help@shop.example",
    "address_zh": "西街 1 号",
    "address_en": "",
    "hours_zh": "工作日 9:00–17:00",
    "hours_en": "9 to 17",
}
PART: dict[str, Any] = {
    "phone": "021-00000000",
    "email": "help@shop.example",
    "address": {"zh": "西街 1 号", "en": "西街 1 号"},
    "hours": {"zh": "工作日 9:00–17:00", "en": "9 to 17"},
}
EXAMPLE = "is still an example"


@pytest.fixture
def office() -> Organisation:
    return sign_up(InProcess(START), "platform")


def at_contact(office: Organisation) -> Browser:
    browser = at_the_desk(office, "owner")
    browser.open(f"{desk(office)}/organisation/contact")
    return browser


def save(browser: Browser, **said: str) -> None:
    browser.submit(form=form_of(browser, "/contact"), **{**SAID, **said})


def in_force(office: Organisation) -> dict[str, Any]:
    found: dict[str, Any] = office.get("/policy", "owner")
    return found


def test_the_form_has_what_the_procedure_says_and_names_examples(office: Organisation) -> None:
    browser = at_contact(office)
    assert 'value="complaints@platform.example"' in browser.answer.text
    assert EXAMPLE in browser.answer.text


def test_saving_publishes_a_version_that_differs_in_the_contact_alone(office: Organisation) -> None:
    before, browser = in_force(office), at_contact(office)
    save(browser)
    after = in_force(office)
    assert "told=contact" in browser.path
    assert EXAMPLE not in browser.answer.text
    assert (before["version"], after["version"]) == ("1", "2")
    outside = before["policy"]["contact"]["outside"]
    assert after["policy"] == {**before["policy"], "contact": {**PART, "outside": outside}}


def test_complainants_see_it_at_once(office: Organisation) -> None:
    save(at_contact(office))
    assert "021-00000000" in Browser(office.world).open(f"/t/{office.id}").text  # type: ignore[arg-type]


def test_the_comments_of_the_text_stay(office: Organisation) -> None:
    save(at_contact(office))
    assert isinstance(office.world, InProcess)
    with binding.tenant(office.id):
        text = policy_version.find_source(office.world.fakes.store, office.id, "2") or ""
    with_clause = [line for line in presets.text("platform").splitlines() if "# P1.3" in line]
    assert len(with_clause) > 3
    assert [line for line in with_clause if line not in text.splitlines()] == []
    assert "021-00000000" in text


def test_the_same_again_publishes_nothing(office: Organisation) -> None:
    browser = at_contact(office)
    save(browser)
    save(browser)
    assert ("told=same" in browser.path, in_force(office)["version"]) == (True, "2")


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ({"phone": "", "email": ""}, "phone"),
        ({"email": "nobody"}, "email"),
        ({"outside_zh": "监管部门", "outside_url": "http://x"}, "outside_url"),
        ({"outside_zh": "", "outside_en": "", "outside_url": "https://a.example"}, "outside_zh"),
    ],
)
def test_what_is_wrong_stands_at_its_input_and_what_was_typed_stays(
    office: Organisation, said: dict[str, str], at: str
) -> None:
    browser = at_contact(office)
    save(browser, **said)
    assert "form=" in browser.path
    assert f'id="{at}-fault"' in browser.answer.text
    assert 'value="西街 1 号"' in browser.answer.text
    assert in_force(office)["version"] == "1"


def test_a_text_is_never_markup(office: Organisation) -> None:
    save(at_contact(office), address_zh='"><script>alert(1)</script>')
    text = at_contact(office).answer.text
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)" in text


def test_a_procedure_that_asks_for_comments_on_changes_asks_for_none_on_this() -> None:
    """P4.10 is about the procedure. A new telephone number must not wait for a week."""
    office = sign_up(InProcess(START), "government-service-centre")
    browser = at_contact(office)
    save(browser)
    assert ("told=contact" in browser.path, in_force(office)["version"]) == (True, "2")
    other = {**in_force(office)["policy"], "name": {"zh": "别的名称", "en": "x"}}
    answer = office.world.call("POST", f"{office.path}/policy/publish", {"policy": other}, auth=office.auth("owner"))
    assert (answer.status, answer.json["type"].rpartition("/")[2]) == (409, "comments-demanded")


def test_where_another_person_publishes_the_page_says_so() -> None:
    approval = {"amendment": {"approval": {"by": "manager"}}, "people": {"manager": {"en": "Manager"}}}
    office = sign_up_with(InProcess(START), json.dumps(added(read(SMALLEST), approval)))
    browser = at_contact(office)
    save(browser)
    assert "another person publishes the draft" in browser.page.text
    assert in_force(office)["version"] == "1"
