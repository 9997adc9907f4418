"""A view has every private value of the filing, of whichever confidentiality classes, although it reads few keys."""

from __future__ import annotations

from typing import Any, cast

import pytest

from chalicelib.access import binding
from chalicelib.casework import loading, private_values
from chalicelib.policy import presets
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Key
from tests.clauses.organisation import Organisation, hire, sign_up
from tests.clauses.world import InProcess

START = "2026-11-27T09:00:00+08:00"
USUAL = {"complainant.name": "optional", "content": "required"}
FOUR = {**USUAL, "respondent.name": {"zh": "商家"}, "remark": {"zh": "备注", "holder": "internal"}}
GIVEN = {"complainant.name": "李雷", "content": "夜间噪声。"}
GIVEN_FOUR = {**GIVEN, "respondent.name": "示例店铺", "remark": "已电话核实。"}


def policy(facts: dict[str, Any], **intake: Any) -> dict[str, Any]:
    return {
        "language": 1,
        "name": "匿名投诉",
        "calendar": {"timezone": "Asia/Shanghai", "hours": {"mon-fri": ["09:00-12:00", "13:30-18:00"]}},
        "people": {"clerk": "办事员"},
        "intake": {"channels": ["online"], "facts": facts, "tells": ["clerk"], **intake},
        "fields": {"delay": {"zh": "迟报原因", "holder": "internal"}},
        "stages": {"registered": {"accept": {"by": "clerk", "to": "end"}, "note": {"by": "clerk"}}, "end": {}},
        "clocks": {
            "screening": {"from": "registered", "until": "accepted", "within": "1 working day", "missed": "record"}
        },
    }


def office(document: dict[str, Any]) -> Organisation:
    found = sign_up(InProcess(START), "platform")
    publish(found, document)
    hire(found, "clerk")
    return found


def publish(at: Organisation, document: dict[str, Any]) -> None:
    answer = at.world.call("POST", f"{at.path}/policy/publish", {"policy": document}, auth=at.auth("owner"))
    assert answer.status == 201, answer.text


def filed(at: Organisation, facts: dict[str, Any], **more: Any) -> str:
    body = {"channel": "online", "facts": facts, **more}
    answer = at.world.call("POST", f"{at.path}/complaints", body, auth=at.auth("clerk"))
    assert answer.status == 201, answer.text
    return str(answer.json["number"])


def stored(at: Organisation, number: str) -> set[Key]:
    """The keys of the filing's private items."""
    store = cast(InProcess, at.world).fakes.store
    first = private_values.keys_of_event(CaseRef(at.id, number), 1)
    return {entry.key for entry in store.everything()} & set(first)


def asked(at: Organisation, number: str) -> list[Key]:
    """The keys that a view reads."""
    wiring, ref = cast(InProcess, at.world).fakes.wiring, CaseRef(at.id, number)
    with binding.tenant(at.id):
        case = loading.load(wiring.store, wiring.compiled, ref)
        further = private_values.further_filing_keys(ref, case.policy, case.complaint)
    return [*private_values.filing_keys(ref), *further]


def test_the_classes_have_an_order() -> None:
    """The complainant's values are first, where messages look for the address."""
    at = office(policy(FOUR))
    number = filed(at, GIVEN_FOUR)
    wiring, ref = cast(InProcess, at.world).fakes.wiring, CaseRef(at.id, number)
    with binding.tenant(at.id):
        entries = wiring.store.get(private_values.keys_of_event(ref, 1))
        holders = [private_values.open_value(wiring.sealer, ref, entries[key]).holder for key in sorted(entries)]

    assert holders == ["complainant", "content", "internal", "respondent"]
    assert sorted(entries)[0] == private_values.complainant_key(ref)


@pytest.mark.parametrize("preset", presets.names())
def test_the_sample_of_a_preset_is_read_in_full(preset: str) -> None:
    at = sign_up(InProcess(START), preset)
    number = at.file()

    assert stored(at, number) <= set(asked(at, number))


def test_two_classes_need_no_further_keys() -> None:
    at = office(policy(USUAL))
    number = filed(at, GIVEN)

    assert len(asked(at, number)) == len(stored(at, number)) == 2
    assert at.complaint(number, "clerk")["facts"] == GIVEN


def test_four_classes_are_read_in_full() -> None:
    at = office(policy(FOUR))
    number = filed(at, GIVEN_FOUR)

    assert len(asked(at, number)) == len(stored(at, number)) == 4
    assert at.complaint(number, "clerk")["facts"] == GIVEN_FOUR


def test_a_complaint_that_was_switched_is_read_in_full() -> None:
    """The present version has facts of two classes, the one under which it was filed of four."""
    at = office(policy(FOUR))
    number = filed(at, GIVEN_FOUR)
    publish(at, policy(USUAL))
    path = f"{at.path}/complaints/{number}/acts/switch"
    assert at.world.call("POST", path, {"fields": {}}, auth=at.auth("owner")).status == 200

    assert len(asked(at, number)) == 4
    assert at.complaint(number, "clerk")["facts"] == GIVEN_FOUR


def test_a_complaint_that_arrived_earlier_is_read_in_full() -> None:
    """Its receipt has fields of a third class."""
    at = office(policy(USUAL, received={"within": "2 days", "needs": ["delay"]}))
    at.world.move_to("2026-11-27T10:00:00+08:00")
    received = {"at": "2026-11-27T09:30:00+08:00", "fields": {"delay": "系统故障。"}}
    number = filed(at, GIVEN, received=received)

    assert len(stored(at, number)) == 3
    assert at.complaint(number, "clerk")["facts"] == {**GIVEN, "delay": "系统故障。"}
