"""A kind is its row: with the same row and another name, a value is asked, read, checked, shown and counted alike."""

from __future__ import annotations

import json
from functools import reduce
from typing import Any

import pytest

from chalicelib.complaints.applying import contact
from chalicelib.policy.language.values.fact_kinds import OF_DOCUMENTS
from chalicelib.policy.reading import parsing
from tests.across.made_up.asking import MASKED, Played, Told, answers, played_in
from tests.across.made_up.rows import PLAIN, VALUES, name_like, row_like
from tests.across.made_up.shop import policy_of
from tests.clauses.organisation import sign_up_with
from tests.clauses.world import InProcess
from tests.helpers.searches import some_by_day
from tests.infra.life import operations
from tests.kernel.policy.test_guide import SMALLEST, added, read
from tests.kernel.web import well_formed
from tests.kernel.web.pages.browser import Browser
from tests.kernel.web.pages.filing import filed

ABOUT_OTHERS = ("get_erasure_key", "get_usage", "list_people", "list_reads")
"""They tell of keys and quotas, or of people and reads in the order of random ids."""
NEW = name_like(PLAIN)
IBAN = VALUES[PLAIN].given


def played(kind: str, like: str) -> Played:
    policy = json.dumps(policy_of(kind, row_like(like), VALUES[like]))
    return played_in(sign_up_with(InProcess("2026-11-27T09:00:00+00:00"), policy), VALUES[like])


def told_of(kind: str, like: str) -> list[Told]:
    found = [one for one in answers(played(kind, like)) if not one.asked.startswith(ABOUT_OTHERS)]
    return [one._replace(text=one.text.replace(kind, like)) for one in found]


@pytest.fixture
def new_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kind whose row says what it must and no more."""
    monkeypatch.setitem(OF_DOCUMENTS, NEW, row_like(PLAIN))


def test_every_kind_of_a_fact_is_tried() -> None:
    assert {kind for kind, row in OF_DOCUMENTS.items() if not row.names_people} == VALUES.keys() - {PLAIN}


@pytest.mark.slow
@pytest.mark.parametrize("like", some_by_day([kind for kind in VALUES if kind != PLAIN], one_in=5))
def test_a_kind_under_another_name_is_treated_alike(like: str, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = told_of(like, like)
    monkeypatch.setitem(OF_DOCUMENTS, name_like(like), row_like(like))
    assert told_of(name_like(like), like) == usual


def test_a_telephone_number_of_another_kind_is_a_way_to_reach_the_complainant(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(OF_DOCUMENTS, name_like("phone"), row_like("phone"))
    values = VALUES["phone"]
    document = parsing.parse(policy_of(name_like("phone"), row_like("phone"), values))
    assert contact.ways(document, {"complainant.told": values.given}, 1) == {contact.PHONE: 1}


@pytest.mark.usefixtures("new_kind")
@pytest.mark.parametrize("like", VALUES)
def test_each_value_that_a_complainant_gave_is_on_their_page(like: str) -> None:
    found = played(NEW if like == PLAIN else like, like)
    page = found.browser.open(f"/t/{found.shop.id}/case/{found.second}").texts
    for label in ("Told to us", "Told about oneself", "Found by us"):
        assert label in page


@pytest.mark.slow
@pytest.mark.usefixtures("new_kind")
def test_a_new_kind_is_asked_and_shown_everywhere_and_stands_in_no_event() -> None:
    found = played(NEW, PLAIN)
    told = {one.asked: one for one in answers(found)}

    assert [one for one in told.values() if one.status >= 500] == []
    for asked in ("get_complaint", "get_form", "get_case_file", "get_record"):
        assert IBAN in told[f"{asked} as agent"].text
    assert IBAN not in json.dumps([event["fields"] for event in found.shop.events(found.first)])


@pytest.mark.usefixtures("new_kind")
def test_a_wrong_value_of_a_new_kind_is_told_in_the_words_of_its_row() -> None:
    found = played(NEW, PLAIN)
    for language, words in (("en", "must be an IBAN"), ("zh", "须为国际银行账号")):
        answer = found.shop.world.call(
            "POST",
            f"{found.shop.path}/complaints",
            {**found.shop.example(), "facts": {"content": "x", "told": "x"}},
            headers={"Accept-Language": language},
        )
        assert answer.json["errors"] == [{"pointer": "/facts/told", "detail": words}]


@pytest.mark.slow
@pytest.mark.usefixtures("new_kind")
def test_every_operation_takes_a_policy_with_a_new_kind() -> None:
    """An organisation that has something of everything, under a policy to which facts and fields are added."""
    world = InProcess("2026-11-27T09:00:00+08:00")
    target = well_formed.target_in(world)
    policy = with_new_kind(well_formed.POLICY)
    target.ask("POST", "/policy/publish", {"policy": policy})
    for method, path, operation in operations():
        if path.startswith("/v1/ops/"):  # operators sign
            continue
        request = well_formed.request_to(target, operation, path)
        body = {**request.body, "policy": policy} if "policy" in (request.body or {}) else request.body
        if operation == "post_complaint":
            body["facts"]["complainant.account"] = IBAN
        auth = target.authorization(request.who).get("Authorization")
        answer = world.call(method, path.format(**request.params), body, auth=auth)
        assert answer.status in (200, 201, 202, 204, well_formed.NOT_AT_ONCE.get(operation)), (
            f"{operation}: {answer.text}"
        )


def with_new_kind(policy: dict[str, Any]) -> dict[str, Any]:
    added = {"zh": "账号", "en": "Account", "kind": NEW}
    intake = {**policy["intake"], "facts": {**policy["intake"]["facts"], "complainant.account": added}}
    accept = policy["stages"]["registered"]["accept"]
    registered = {**policy["stages"]["registered"], "accept": {**accept, "takes": ["account"]}}
    stages = {**policy["stages"], "registered": registered}
    return {**policy, "intake": intake, "fields": {**policy["fields"], "account": added}, "stages": stages}


@pytest.mark.slow
def test_a_kind_of_a_later_version_is_neither_asked_nor_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as later:
        later.setitem(OF_DOCUMENTS, NEW, row_like(PLAIN))
        found = played(NEW, PLAIN)
    told = {one.asked: one for one in answers(found)}

    assert [one for one in told.values() if one.status >= 500] == []
    assert "Told about oneself" not in told["/t/{tenant}/case/{number}"].text


def test_a_kind_that_names_people_is_treated_alike_under_another_name(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = named_in("people")
    monkeypatch.setitem(OF_DOCUMENTS, name_like("people"), row_like("people"))
    assert named_in(name_like("people")) == usual
    assert [status for status, _ in usual] == [422, 200, 200, 200, 422]
    assert "agent" in usual[2][1]


def named_in(kind: str) -> list[tuple[int, str]]:
    """What is answered where an act names people: to wrong and right ids, in print, on pages, to a fact of the kind."""
    repairer = {"en": "Who repairs it", "kind": kind, "role": "agent", "most": 1}
    decide = {"by": "agent", "to": "decided", "needs": ["solution", "repairer"], "tells": "complainant"}
    more = {
        "fields": {"repairer": repairer},
        "stages": {"registered": {"decide": decide}},
        "forms": {"note": {"en": "Note", "sections": [{"lines": ["repairer"]}]}},
        "sample": {"channel": "shop", "facts": {"complainant.name": "A Customer", "content": "It broke."}},
    }
    policy = added(read(SMALLEST), more)
    world = InProcess("2026-11-27T09:00:00+00:00")
    shop = sign_up_with(world, json.dumps(policy))
    browser = Browser(world, "en")
    number, _ = filed(browser, shop)
    found = [
        shop.try_act(number, "agent", "decide", solution="Repaired.", repairer=[sub])
        for sub in ("x", shop.subs["agent"])
    ]
    found.append(world.call("GET", f"{shop.path}/complaints/{number}/forms/note", auth=shop.auth("agent")))
    browser.submit()
    found.append(browser.answer)
    policy["intake"]["facts"]["repairer"] = repairer
    found.append(world.call("POST", f"{shop.path}/policy/check", {"policy": policy}, auth=shop.auth("owner")))
    hidden = (shop.id, "shop"), (kind, "people")
    return [
        (one.status, MASKED.sub("…", reduce(lambda text, pair: text.replace(*pair), hidden, one.text))) for one in found
    ]
