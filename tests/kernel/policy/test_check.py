"""Checking policies: presets pass, and each fault is reported with its place."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kit import canonical
from chalicelib.policy import presets, publishing
from chalicelib.policy.checks.document import check
from chalicelib.policy.compiled import compile_policy
from chalicelib.policy.language.parts import Label
from chalicelib.policy.language.vocabulary import EVENTS, EVENTS_IN_ANY_STAGE
from chalicelib.policy.reading.faults import Fault, PolicyFault
from tests.helpers.fakes.prepared_presets import prepared
from tests.helpers.searches import searching, some_by_day
from tests.kernel.policy.faulty_policies.fault_cases import FAULTS
from tests.kernel.policy.faulty_policies.fault_cases_sizes import MOST_TASKS, tasks
from tests.kernel.policy.faulty_policies.faulty import GOOD, faulty


@pytest.mark.parametrize("name", presets.names())
def test_a_preset_can_be_published_and_used(name: str) -> None:
    ready = prepared(name)
    assert compile_policy(ready.document, "1").clocks
    assert len(ready.body) < 64 * 1024


@pytest.mark.parametrize("name", presets.names())
def test_a_published_document_published_again_is_the_same(name: str) -> None:
    ready = prepared(name)
    assert publishing.prepare(json.loads(ready.body)).body == ready.body
    assert canonical.encode(json.loads(ready.body)) == ready.body


def test_classes_keep_their_order_whatever_they_are_called() -> None:
    document = faulty("severity", {"classes": ["small", "large", "gigantic"]})
    document["clocks"]["decision"]["within"] = "5 working days"
    document["stages"]["open"]["decide"]["approval"] = "bob"
    del document["points"]

    published = json.loads(publishing.prepare(document).body)

    assert compile_policy(publishing.prepare(published).document, "1").classes == ["small", "large", "gigantic"]


def test_wording_may_be_in_english_alone() -> None:
    document = faulty("name", {"en": "Good"})
    document["fields"]["amount"] = {"en": "Amount", "kind": "number"}

    found = check(document)

    assert (found.name.zh, found.name.en) == ("Good", "Good")
    assert found.fields["amount"].name == Label(zh="Amount", en="Amount")


def test_a_stage_that_only_reopens_is_an_end() -> None:
    assert check(faulty("stages/end", {"reopen": {"by": "ann", "to": "open"}})).stages


@pytest.mark.parametrize("way", ["close", "archive", "withdraw"])
def test_a_circle_of_stages_that_always_has_another_act_has_no_end(way: str) -> None:
    with pytest.raises(PolicyFault) as caught:
        check(faulty("stages/end", {way: {"by": "ann", "to": "open"}}))

    assert {fault.kind for fault in caught.value.faults} == {"stands-still"}


def test_an_act_may_wait_for_what_a_circle_of_stages_brings() -> None:
    document = faulty("stages/registered/accept/to", "registered")
    document["stages"]["registered"]["assign"] = {"by": "ann", "to": "open"}
    document["stages"]["open"]["object"] = {"by": "ann", "to": "registered"}
    document["stages"]["registered"]["accept"]["after"] = "objected"

    assert check(document).stages


@pytest.mark.parametrize("event", sorted(EVENTS_IN_ANY_STAGE & EVENTS))
def test_an_act_may_wait_for_an_act_that_every_policy_has(event: str) -> None:
    assert check(faulty("stages/registered/accept/after", event)).stages


@pytest.mark.parametrize("event", ["written", "informed", "corrected", "evidence_lacking"])
def test_no_act_waits_for_the_conversation(event: str) -> None:
    """Every policy has its acts, and no policy names their events."""
    with pytest.raises(PolicyFault) as caught:
        check(faulty("stages/registered/accept/after", event))

    found = [(fault.pointer, fault.kind) for fault in caught.value.faults]
    assert found == [("/stages/registered/acts/accept/after", "no-event")]


def test_what_reopening_forgets_has_not_been_before() -> None:
    document = faulty("stages/end", {"reopen": {"by": "ann", "to": "open"}})
    document["stages"]["open"]["inspect"] = {"by": "ann", "after": "decided"}

    with pytest.raises(PolicyFault) as caught:
        check(document)

    assert [fault.pointer for fault in caught.value.faults] == ["/stages/open/acts/inspect/after"]


def test_an_act_may_wait_for_evidence_that_is_asked_for_at_filing() -> None:
    document = faulty("intake/evidence", {"bill": "账单"})
    document["intake"]["evidence_within"] = "2 days"
    document["stages"]["registered"]["accept"]["after"] = "evidence_received"

    assert check(document).stages


def test_as_much_as_is_recorded_at_once_is_no_fault() -> None:
    document = faulty("tasks", tasks(MOST_TASKS))
    document["intake"]["tells"] = ["ann"] * 39
    document["stages"]["open"]["promise"]["tells"] = ["ann"] * 39

    assert check(document).tasks


@pytest.mark.parametrize("least", ["1 hour", "60 working minutes", "same working day", "1 working day"])
def test_what_comes_again_may_come_by_the_hour(least: str) -> None:
    document = faulty("tiers/1/again", least)
    document["clocks"]["promised"] = {"from": "escalated", "until": "decided", "within": least}

    assert check(document).tiers[1].again == least


def test_an_alarm_is_repeated_every_week_where_the_policy_does_not_say() -> None:
    assert str(compile_policy(publishing.prepare(GOOD).document, "1").again) == "5 working days"


def test_the_good_policy_is_good() -> None:
    assert check(GOOD).people


@cache
def faults_of(what: str) -> list[Fault]:
    """Raises `Failed` if there is none."""
    place, value, _, _ = FAULTS[what]
    with pytest.raises(PolicyFault) as caught:
        publishing.prepare(faulty(place, value))
    return list(caught.value.faults)


@pytest.mark.parametrize("what", FAULTS)
def test_a_fault_is_found_at_its_place_and_alone(what: str) -> None:
    _, _, named, kind = FAULTS[what]

    assert [(fault.pointer, fault.kind) for fault in faults_of(what)] == [("/" + named if named else "", kind)]


@pytest.mark.parametrize("what", some_by_day(FAULTS, one_in=4))
def test_a_fault_of_a_text_is_found_on_its_line(what: str) -> None:
    place, value, named, _ = FAULTS[what]
    text, lines = laid_out(faulty(place, value))

    with pytest.raises(PolicyFault) as caught:
        publishing.prepare(text)

    assert [fault.line for fault in caught.value.faults] == [lines[written(f"/{named}", lines)]]


def written(pointer: str, lines: dict[str, int]) -> str:
    """Where it stands, or where it is missing."""
    return pointer if pointer in lines else written(pointer.rpartition("/")[0], lines)


def laid_out(document: Any) -> tuple[str, dict[str, int]]:
    """The document with each value on a line of its own, and the line of each pointer."""
    text: list[str] = []
    lines: dict[str, int] = {}

    def put(value: Any, pointer: str, before: str) -> None:
        lines[pointer] = len(text) + 1
        if not isinstance(value, dict | list) or not value:
            text.append(f"{before}{json.dumps(value, ensure_ascii=False)},")
            return
        named = isinstance(value, dict)
        text.append(before + ("{" if named else "["))
        for key, inner in value.items() if named else enumerate(value):
            put(inner, f"{pointer}/{key}", f'"{key}": ' if named else "")
        text.append("}," if named else "],")

    put(document, "", "")
    return "\n".join(text).removesuffix(","), lines


@pytest.mark.parametrize("what", FAULTS)
def test_a_fault_says_in_two_languages_what_is_wrong_and_what_mends_it(what: str) -> None:
    fault = faults_of(what)[0]

    assert all(re.search("[\u4e00-\u9fff]", fault.text(part)) for part in ("zh", "mend_zh"))
    assert all(re.search("[a-z]{2}", fault.text(part)) for part in ("en", "mend_en"))


@pytest.mark.parametrize(("part", "name"), [("fields", "amount"), ("intake/facts", "size")])
def test_a_flag_takes_no_private_value(part: str, name: str) -> None:
    document = faulty("stages/open/decide/sets", {"done": f"field.{name}"})
    document["stages"]["open"]["decide"]["takes"] = ["amount", "verdict", "size"]
    held = document["fields"] if part == "fields" else document["intake"]["facts"]
    held[name] = {**held[name], "holder": "internal", **({"kind": "flag"} if name == "amount" else {})}

    with pytest.raises(PolicyFault) as caught:
        publishing.prepare(document)

    assert [(fault.pointer, fault.kind) for fault in caught.value.faults] == [
        (f"/{part}/{name}/holder", "cannot-be-private")
    ]


def test_all_faults_of_meaning_are_reported_at_once() -> None:
    document = faulty("tiers/0/roles", [])
    document["intake"]["first"] = "limbo"
    with pytest.raises(PolicyFault) as caught:
        publishing.prepare(document)
    assert [fault.pointer for fault in caught.value.faults] == ["/tiers/0/roles", "/intake/first"]


def test_all_faults_of_structure_are_reported_at_once() -> None:
    document = faulty("stages/open/decide/colour", "red")
    document["clocks"]["decision"]["from"] = 7
    document["name"] = ["a"]
    del document["people"]
    with pytest.raises(PolicyFault) as caught:
        publishing.prepare(document)
    assert {fault.pointer for fault in caught.value.faults} == {
        "/people",
        "/name",
        "/stages/open/decide/colour",
        "/clocks/decision/from",
    }


def test_a_gap_and_an_overlap_are_both_found() -> None:
    limits = [{"when": {"severity": "low"}, "limit": "1 day"}, {"when": {"severity": "low"}, "limit": "2 days"}]
    with pytest.raises(PolicyFault) as caught:
        publishing.prepare(faulty("clocks/decision/within", limits))
    assert [(fault.kind, fault.values["case"]) for fault in caught.value.faults] == [
        ("two-limits", "severity: low"),
        ("no-limit-for-case", "severity: high"),
    ]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)


def places(document: Any, so_far: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in the document."""
    found = [so_far]
    items = (
        document.items() if isinstance(document, dict) else enumerate(document) if isinstance(document, list) else ()
    )
    for key, value in items:
        found.extend(places(value, (*so_far, key)))
    return found


PLACES = ["/".join(map(str, place)) for place in places(GOOD) if place]


@searching(300)
@given(st.sampled_from(PLACES), json_values)
def test_whatever_stands_anywhere_is_taken_or_is_a_fault(place: str, value: Any) -> None:
    document = faulty(place, value)
    try:
        ready = publishing.prepare(document)
    except PolicyFault as fault:
        assert fault.faults  # noqa: PT017 (either is an answer; nothing else may be raised)
    else:
        compile_policy(ready.document, "1")


@searching(100)
@given(st.dictionaries(st.text(max_size=8) | st.sampled_from(sorted(GOOD)), json_values, max_size=6))
def test_whatever_is_no_policy_is_a_fault(document: dict[str, Any]) -> None:
    with pytest.raises(PolicyFault):
        publishing.prepare(document)


def test_a_sample_of_endless_depth_is_a_fault() -> None:
    deep: Any = "x"
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(PolicyFault, match="nested too deeply"):
        publishing.prepare({**GOOD, "sample": {"channel": "phone", "facts": {"content": deep}}})
