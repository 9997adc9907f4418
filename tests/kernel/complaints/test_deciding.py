"""`decide`: a refused act adds no events, and the same request has the same result."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.complaints.acting import acts
from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.filing import Filing
from chalicelib.complaints.rights.permits import ActRequest, Asker, Grant
from chalicelib.kit.instants import HOUR, Instant
from chalicelib.kit.problem import Problem
from tests.helpers.searches import searching
from tests.kernel.complaints import play
from tests.kernel.complaints.play import Life

CLERK, HEAD, BOARD = (Asker("staff", f"sub-{role}", (Grant(role),)) for role in ("clerk", "head", "board"))


def answer(life: Life, asked: ActRequest, asker: Asker, now: Instant) -> object:
    flow = Flow(life.policy, life.complaint)
    try:
        acts.decide(flow, asked, asker, now)
    except Problem as problem:
        assert flow.drafts == []
        assert flow.complaint is life.complaint
        return problem.kind, problem.detail, [(place.pointer, place.detail) for place in problem.places]
    return flow.drafts, flow.complaint


@searching(150)
@given(play.lives(), st.data())
def test_the_same_act_on_the_same_state_has_the_same_result(lived: tuple[Life, Instant], data: st.DataObject) -> None:
    life, now = lived
    life.wait(now)
    asked, asker = data.draw(st.composite(play.an_act)(life, now))
    assert answer(life, asked, asker, now) == answer(life, asked, asker, now)


def proposed() -> tuple[Life, str]:
    """A complaint with a decision that the head has proposed to the board."""
    life = play.filed(play.policy(play.HOSTILE), Filing("wire", {"content": "x"}, category="goods"), play.START)
    assert life.act(ActRequest("accept"), CLERK, play.START) is None
    assert life.act(ActRequest("decide", {"amount": 5}), HEAD, play.START) is None
    return life, next(iter(life.complaint.proposals))


def test_an_approved_proposal_takes_effect_with_its_own_fields() -> None:
    life, key = proposed()
    assert life.act(ActRequest("approve", {}, life.open[key]), BOARD, play.START + HOUR) is None
    decided = next(event for event in life.events if event.type == "decided")
    assert (decided.fields["amount"], life.complaint.stage) == (5, "done")


def test_a_proposal_whose_act_is_no_longer_open_cannot_be_approved() -> None:
    life, key = proposed()
    assert life.act(ActRequest("close"), HEAD, play.START) is None
    before = len(life.events)
    assert life.act(ActRequest("approve", {}, life.open[key]), BOARD, play.START) == "act-not-open"
    assert len(life.events) == before
    assert life.complaint.proposals == {}


def test_proposers_cannot_approve_their_own_proposal() -> None:
    life = play.filed(play.policy(play.HOSTILE), Filing("wire", {"content": "x"}, category="goods"), play.START)
    everything = play.staff(life.policy)[-1]
    assert life.act(ActRequest("accept"), everything, play.START) is None
    assert life.act(ActRequest("decide"), everything, play.START) is None
    assert life.act(ActRequest("approve", {}, {}), everything, play.START) == "forbidden"


def test_a_reason_that_is_not_text_is_rejected() -> None:
    life, _ = proposed()
    assert life.act(ActRequest("reject", {"reason": ["x"]}), BOARD, play.START) == "invalid"
    assert life.act(ActRequest("reject", {"reason": "\ud800"}), BOARD, play.START) == "invalid"


def test_two_overdue_ageings_both_happen() -> None:
    life = play.filed(play.policy(play.HOSTILE), Filing("wire", {"content": "x"}), play.START)
    life.wait(play.START + 80 * HOUR)
    assert [event.fields["to"] for event in life.events if event.type == "reclassified"] == ["bad", "worst"]
    assert life.act(ActRequest("classify", {"severity": "mild"}), CLERK, play.START + 80 * HOUR) == "invalid"
    assert life.complaint.severity == "worst"
