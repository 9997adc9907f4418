"""Who follows a remedy to the letter has a policy that can be published."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from chalicelib.policy import publishing
from chalicelib.policy.reading.faults import Fault, PolicyFault
from tests.kernel.policy.faulty_policies.faulty import faulty

DECIDE = "stages/open/decide"
HIGH, LOW = {"severity": "high"}, {"severity": "low"}
Document = dict[str, Any]


def faults(document: Document) -> list[Fault]:
    try:
        publishing.prepare(document)
    except PolicyFault as found:
        return list(found.faults)
    return []


def decided_by(by: Any, **keys: Any) -> Document:
    """The act `decide` in its stage, by these people, without an approval."""
    document = faulty(f"{DECIDE}/by", by)
    act = document["stages"]["open"]["decide"]
    del act["approval"]
    act |= keys
    return document


def with_clock(document: Document) -> None:
    """The remedy of each fault of an act that only time may do."""
    document["clocks"]["decision"] |= {"missed": {"act": "decide"}, "duty": "office"}
    document["stages"]["open"]["decide"].pop("after")


def by_time(document: Document) -> None:
    document["stages"]["open"]["decide"]["by"] = "time"
    with_clock(document)


def by_ann(document: Document) -> None:
    document["stages"]["open"]["decide"]["by"] = "ann"


def by_ann_or_time(document: Document) -> None:
    by_ann(document)
    with_clock(document)


def without_approval(document: Document) -> None:
    del document["stages"]["open"]["decide"]["approval"]
    with_clock(document)


def note_by_time(document: Document) -> None:
    """In place of an act that no clock can do, one of those that the remedy lists."""
    stage = document["stages"]["open"]
    stage["note"] = {"by": "time"}
    stage["assign"]["by"] = "bob"
    document["clocks"]["decision"] |= {"missed": {"act": "note"}, "duty": "office"}


def approved(approval: Any) -> Document:
    return faulty(f"{DECIDE}/approval", approval)


def approval_is(approval: Any) -> Callable[[Document], None]:
    def mend(document: Document) -> None:
        document["stages"]["open"]["decide"]["approval"] = approval

    return mend


def amount(**keys: Any) -> Document:
    return faulty("fields/amount", {"zh": "数", "kind": "number", **keys})


def amount_is(**keys: Any) -> Callable[[Document], None]:
    def mend(document: Document) -> None:
        document["fields"]["amount"] = {"zh": "数", "kind": "number", **keys}

    return mend


CASES: dict[str, tuple[Document, list[str], str, Callable[[Document], None]]] = {
    "by system, which time is to do": (decided_by("system"), ["role-of-time"], "only `by: time`", by_time),
    "by system, which people may do too": (
        decided_by(["ann", "system"]),
        ["role-of-time"],
        "`missed: {act: …}` on a clock",
        by_ann_or_time,
    ),
    "by system, which people are to do": (decided_by("system"), ["role-of-time"], "use one of: ann, bob", by_ann),
    "by time, which no clock does": (
        decided_by("time"),
        ["time-never-does"],
        "add `missed: {act: decide}` to a clock",
        with_clock,
    ),
    "by time, which no clock does and people may": (
        decided_by("time"),
        ["time-never-does"],
        "or name roles in `by`",
        by_ann,
    ),
    "by time and others": (decided_by(["time", "ann"]), ["time-and-others"], "write only `by: time`", by_time),
    "by time and others, who may do it": (
        decided_by(["time", "ann"]),
        ["time-and-others"],
        "name their roles: a clock with `missed: {act: …}` can still do it",
        by_ann_or_time,
    ),
    "by time with an approval": (
        decided_by("time", approval="bob"),
        ["time-needs-no-approval"],
        "remove `approval`",
        without_approval,
    ),
    "an assignment by time": (
        faulty("stages/open/assign/by", "time"),
        ["time-cannot-do"],
        "name roles in `by`, or use one of these acts: ",
        note_by_time,
    ),
    "an approval by no one": (
        approved([]),
        ["approval-without-approver"],
        "name the roles that may approve it under `by`",
        approval_is({"by": "bob"}),
    ),
    "approvals without `by`": (
        approved([{"when": HIGH}]),
        ["approval-without-approver"],
        "for different cases write a list, each entry with `by` and `when`",
        approval_is([{"by": "ann", "when": HIGH}, {"by": "bob", "when": LOW}]),
    ),
    "approvals by `role`": (
        approved([{"role": "ann", "when": HIGH}, {"role": "bob"}]),
        ["approval-without-approver", "unknown-key"] * 2,
        "each entry with `by` and `when`",
        approval_is([{"by": "ann", "when": HIGH}, {"by": "bob"}]),
    ),
    "one approval by `role`": (
        approved({"role": "ann", "when": HIGH}),
        ["approval-without-approver", "unknown-key"],
        "under `by`",
        approval_is({"by": "ann", "when": HIGH}),
    ),
    "an approval behind one that always applies, first": (
        approved([{"by": "ann"}, {"by": "bob", "when": HIGH}]),
        ["approval-never"],
        "give the entry before a `when`",
        approval_is([{"by": "ann", "when": LOW}, {"by": "bob", "when": HIGH}]),
    ),
    "an approval behind one that always applies, last": (
        approved([{"by": "ann"}, {"by": "bob", "when": HIGH}]),
        ["approval-never"],
        "put the entry without `when` last",
        approval_is([{"by": "bob", "when": HIGH}, {"by": "ann"}]),
    ),
    "an approval that is a role among cases": (
        approved([{"by": "ann", "when": HIGH}, "bob"]),
        ["wrong-kind"],
        "write a map with keys such as `by`, `when`",
        approval_is([{"by": "ann", "when": HIGH}, {"by": "bob"}]),
    ),
    "a largest number that is a text": (amount(most="10"), ["wrong-kind"], "write a number here", amount_is(most=10)),
    "a largest number that is a limit": (
        amount(most="3 days"),
        ["wrong-kind"],
        "write a number here",
        amount_is(most=3),
    ),
    "a largest number below the smallest": (
        amount(least=5, most=3),
        ["most-below-least"],
        "set `most` to `least` or more",
        amount_is(least=5, most=5),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_policy_that_follows_the_remedy_can_be_published(name: str) -> None:
    document, kinds, remedy, follow = CASES[name]
    found = faults(document)
    assert ([fault.kind for fault in found], remedy in found[0].text("mend_en")) == (kinds, True)

    follow(document)

    assert faults(document) == []


@pytest.mark.parametrize("act", ["accept", "refuse", "close", "notify", "note", "tick", "mediate", "transfer", "lift"])
def test_an_act_that_the_remedy_of_time_cannot_do_lists_can_be_for_time(act: str) -> None:
    assert act in faults(faulty("stages/open/assign/by", "time"))[0].text("mend_en").split("acts: ")[1].split(", ")
    document = faulty(f"stages/open/{act}", {"by": "time", **({"needs": "ground"} if act == "refuse" else {})})
    fields = {"fields": {"ground": "late"}} if act == "refuse" else {}
    document["clocks"]["decision"] |= {"missed": {"act": act, **fields}, "duty": "office"}

    assert [fault.kind for fault in faults(document)] == []
