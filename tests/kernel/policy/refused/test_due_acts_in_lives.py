"""What the check of acts by time calls impossible does not happen in any life of a complaint."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from chalicelib.complaints.filing import Filing
from chalicelib.complaints.rights.permits import ActRequest, Asker, Grant
from chalicelib.kit.instants import DAY, HOUR
from chalicelib.policy.checks.deadlines import timed_acts
from chalicelib.policy.compiled import compile_policy
from chalicelib.policy.reading import parsing
from tests.helpers.searches import searching
from tests.kernel.complaints import play
from tests.kernel.policy.faulty_policies.faulty import faulty

STAGES = ("registered", "open", "aside")
VALUES: dict[str, tuple[str, ...]] = {
    "urgent": ("yes", "no", "none"),
    "severity": ("low", "high"),
    "kind": ("goods", "service"),
    "channel": ("phone", "letter"),
}
ANN = Asker("staff", "ann", (Grant("ann"),))
CONDITIONS = st.sampled_from(sorted(VALUES)).flatmap(
    lambda name: st.sampled_from(VALUES[name]).map(lambda value: {name: value})
)
EVENTS = {"inspect": "inspected", "accept": "accepted", "classify": "classified", "park": "parked"}


def act(**keys: Any) -> st.SearchStrategy[dict[str, Any]]:
    to = st.sampled_from([*STAGES, "end"])
    sets = st.sampled_from([{}, {"urgent": "yes"}, {"urgent": "no"}, {"urgent": "field.hurry"}])
    return st.fixed_dictionaries({"by": st.just("ann"), "to": to, "sets": sets, "takes": st.just("hurry"), **keys})


@st.composite
def policies(draw: st.DrawFn) -> dict[str, Any]:
    """A policy whose clock performs `close`, in two stages. It may have faults of other kinds."""
    document = faulty("tasks", {})
    stages: dict[str, dict[str, Any]] = {name: {} for name in STAGES}
    for name in draw(st.lists(st.sampled_from(sorted(EVENTS)), min_size=2, unique=True)):
        keys = {"needs": st.just("severity"), "takes": st.just(["kind", "hurry"])} if name == "classify" else {}
        stages[draw(st.sampled_from(STAGES))][name] = draw(act(**keys))
    for name in draw(st.sets(st.sampled_from(STAGES), min_size=1, max_size=2)):
        stages[name]["close"] = {"by": "ann", "to": "end", "when": draw(CONDITIONS), "takes": ["hurry", "amount"]}
    started = st.sampled_from(["registered", *EVENTS.values()])
    clock = {"from": draw(started), "until": draw(started), "within": "2 days", "when": draw(CONDITIONS | st.just({}))}
    missed = {"act": "close", "fields": draw(st.sampled_from([{}, {"hurry": True}, {"hurry": True, "amount": 1}]))}
    document |= {"stages": {**stages, "end": {}}, "clocks": {"answer": {**clock, "missed": missed}}}
    del document["points"]
    document["fields"]["hurry"] = {"zh": "急", "kind": "flag"}
    hurried = st.sampled_from([{"hurry": "yes"}, {"hurry": "none"}])
    document["fields"]["amount"]["required"] = draw(st.just(False) | st.builds(dict, when=CONDITIONS | hurried))
    document["severity"]["ageing"] = {"after": "1 day", "until": "closed", "to": "high"} if draw(st.booleans()) else []
    return document


@pytest.mark.slow
@searching(400)
@given(document=policies(), data=st.data())
def test_time_never_performs_an_act_that_the_check_calls_impossible(
    document: dict[str, Any], data: st.DataObject
) -> None:
    ready = parsing.parse(document)
    called_impossible = any(fault.kind == "act-never-due" for fault in timed_acts.faults(ready))
    event(f"{called_impossible=}")
    filing = Filing(
        data.draw(st.sampled_from(VALUES["channel"])),
        {"content": "x", "size": "s", "when": "2026-11-27T08:00:00+08:00"},
        data.draw(st.sampled_from(VALUES["severity"])),
        {"kind": data.draw(st.sampled_from(VALUES["kind"]))},
    )
    life, now = play.filed(compile_policy(ready, "1"), filing, play.START), play.START
    for name in data.draw(st.lists(st.sampled_from(sorted(EVENTS)), max_size=5)):
        now += data.draw(st.sampled_from([HOUR, 3 * DAY]))
        fields: dict[str, Any] = {"hurry": data.draw(st.booleans())}
        if name == "classify":
            fields |= {"severity": data.draw(st.sampled_from(VALUES["severity"]))}
            fields |= {"kind": data.draw(st.sampled_from(VALUES["kind"]))}
        life.act(ActRequest(name, fields), ANN, now)
    life.wait(now + 3 * DAY)

    performed = any(one.act == "close" and one.actor["kind"] == "system" for one in life.events)
    event(f"{performed=}")
    assert not (performed and called_impossible)
