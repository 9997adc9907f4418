"""`undoes`: events that no longer count for `after`; on `recuse` only those of the people whom it excludes."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from chalicelib.complaints.rights.permits import Asker, Grant
from tests.kernel.complaints.small_procedure import AGENT, MANAGER, Case, policy, staff

OTHER = staff("sub-other", "agent")
THIRD = staff("sub-third", "agent")
STAGES: dict[str, Any] = {
    "open": {
        "inspect": {"by": "agent"},
        "mediate": {"by": "agent"},
        "recuse": {"by": ["agent", "manager"], "takes": "person", "undoes": ["inspected", "mediated"]},
        "forward": {"by": "manager", "undoes": "inspected"},
        "decide": {"by": ["agent", "manager"], "to": "done", "after": ["inspected", "mediated"]},
    },
    "done": {"object": {"by": "manager", "to": "open", "undoes": "inspected"}, "close": {"by": "agent", "to": "over"}},
    "over": {"name": {"en": "Over"}},
}


def working(**acts: Any) -> Case:
    return Case(policy({"stages": {**STAGES, "open": {**STAGES["open"], **acts}}}))


def worked(inspector: Asker = AGENT, mediator: Asker = AGENT) -> Case:
    case = working()
    case.act("inspect", inspector)
    case.act("mediate", mediator)
    return case


def refused(case: Case) -> bool:
    return case.refusal("decide", MANAGER) == "act-not-open"


def test_what_an_excluded_person_did_no_longer_counts() -> None:
    case = worked()
    case.act("recuse")
    assert refused(case)
    case.act("inspect", OTHER)
    assert refused(case)
    case.act("mediate", OTHER)
    assert case.act("decide", OTHER).stage == "done"


def test_what_others_did_counts() -> None:
    case = worked(mediator=OTHER)
    case.act("recuse", OTHER)
    assert refused(case)
    assert "inspected" in case.complaint.seen
    case.act("mediate")
    assert case.act("decide").stage == "done"


def test_a_person_whom_another_one_excludes() -> None:
    case = worked()
    case.act("recuse", MANAGER, person=["sub-other"])
    assert case.drafts[-1].result.undone == []
    case.act("recuse", MANAGER, person=["sub-agent"])
    assert case.drafts[-1].result.undone == ["inspected", "mediated"]
    assert refused(case)


def test_what_another_person_repeated_before_the_exclusion_counts() -> None:
    case = worked(mediator=OTHER)
    case.act("inspect", OTHER)
    case.act("recuse")
    assert case.drafts[-1].result.undone == []
    assert case.act("decide", MANAGER).stage == "done"


def test_what_an_excluded_person_repeated_counts_no_longer() -> None:
    case = worked(inspector=OTHER, mediator=OTHER)
    case.act("inspect")
    case.act("recuse")
    assert case.drafts[-1].result.undone == ["inspected"]
    assert refused(case)


def test_what_two_people_did_counts_no_longer_when_both_are_excluded() -> None:
    case = worked(mediator=THIRD)
    case.act("inspect", OTHER)
    case.act("recuse")
    case.act("recuse", OTHER)
    assert case.drafts[-1].result.undone == ["inspected"]


def test_what_several_roles_did_together_counts_no_longer_when_one_person_is_excluded() -> None:
    case = working(inspect={"by": ["agent", "manager"], "all": True})
    case.act("inspect")
    case.act("inspect", MANAGER)
    case.act("recuse")
    assert case.drafts[-1].result.undone == ["inspected"]


def test_naming_an_excluded_person_again_undoes_nothing_new() -> None:
    case = worked()
    case.act("recuse")
    case.act("inspect", OTHER)
    case.act("mediate", OTHER)
    case.act("recuse", MANAGER, person=["sub-agent"])
    assert case.act("decide", MANAGER).stage == "done"


def test_what_a_deputy_did_for_an_excluded_person_no_longer_counts() -> None:
    deputy = Asker("staff", "sub-deputy", (Grant("agent", None, "sub-agent"),), absent=frozenset({"sub-agent"}))
    case = worked(inspector=deputy, mediator=OTHER)
    case.act("recuse", MANAGER, person=["sub-agent"])
    assert case.drafts[-1].result.undone == ["inspected"]


def test_what_the_deputy_of_an_excluded_person_did_no_longer_counts() -> None:
    case = worked(inspector=OTHER)
    case.act("recuse", replace(AGENT, deputy="sub-other"))
    assert case.drafts[-1].result.undone == ["inspected", "mediated"]


def test_having_the_excluded_person_as_a_deputy_undoes_nothing() -> None:
    case = worked(inspector=replace(OTHER, deputy="sub-agent"), mediator=OTHER)
    case.act("recuse")
    assert case.drafts[-1].result.undone == []


def test_any_other_act_undoes_the_event_of_every_person() -> None:
    case = worked()
    case.act("forward", MANAGER)
    assert case.drafts[-1].result.undone == ["inspected"]
    assert refused(case)
    case.act("inspect", OTHER)
    case.act("decide", MANAGER)
    case.act("object", MANAGER)
    assert refused(case)


def test_what_has_not_happened_is_not_undone() -> None:
    case = working()
    case.act("forward", MANAGER)
    assert case.drafts[-1].result.undone == []


def test_an_act_of_several_roles_undoes_when_the_last_role_has_done_it() -> None:
    case = working(sign={"by": ["agent", "manager"], "all": True, "undoes": "inspected"})
    case.act("inspect")
    case.act("sign")
    assert "inspected" in case.complaint.seen
    case.act("sign", MANAGER)
    assert "inspected" not in case.complaint.seen


def test_an_act_that_undoes_its_own_event_has_happened() -> None:
    case = working(inspect={"by": "agent", "undoes": ["inspected", "mediated"]})
    case.act("mediate")
    case.act("inspect")
    case.act("inspect")
    assert "inspected" in case.complaint.seen
    assert "mediated" not in case.complaint.seen


def test_a_recusal_without_the_key_undoes_nothing() -> None:
    case = working(recuse={"by": "agent"})
    case.act("inspect")
    case.act("mediate")
    case.act("recuse")
    assert case.act("decide", OTHER).stage == "done"


def test_a_person_who_is_excluded_again_undoes_nothing_that_others_repeated_together() -> None:
    second = {
        "recuse": {"by": "manager", "takes": "person", "undoes": "confirmed"},
        "object": {"by": "manager", "to": "open"},
        "decide": {"by": ["agent", "manager"], "to": "done", "after": "confirmed"},
        "close": {"by": ["agent", "manager"], "to": "done"},
    }
    confirm = {"by": ["agent", "manager"], "all": True, "to": "second"}
    case = Case(policy({"stages": {"open": {"confirm": confirm}, "second": second}}))
    case.act("confirm")
    case.act("confirm", MANAGER)
    case.act("recuse", MANAGER, person=["sub-agent"])
    assert case.drafts[-1].result.undone == ["confirmed"]
    case.act("object", MANAGER)
    case.act("confirm", OTHER)
    case.act("confirm", MANAGER)

    case.act("recuse", MANAGER, person=["sub-agent"])

    assert case.drafts[-1].result.undone == []
    assert case.act("decide", OTHER).stage == "done"
