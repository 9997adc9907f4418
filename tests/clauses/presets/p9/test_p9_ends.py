"""P9 `food-drug-administration`: agreement or dispute, closing, archive, and the legal basis of a decision."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.clauses.offices.bureau import DECISION, closed, decided, disputed, executed, inspected, mediated, settled
from tests.clauses.organisation import Organisation, hire


def test_p9_9_an_accepted_decision_is_carried_out_once(bureau: Organisation) -> None:
    again = bureau.try_act(executed(bureau), "officer", "execute")

    assert (again.status, again.problem) == (409, "act-not-open")


def test_p9_9_an_accepted_decision_is_carried_out_and_closed(bureau: Organisation) -> None:
    number = settled(bureau)
    record = {"handling_record": "已退款并处罚。"}
    assert bureau.try_act(number, "officer", "close", **record).status == 409

    bureau.act(number, "officer", "execute")

    assert bureau.told("complainant", number)[:1] == [f"您的投诉 {number} 的处理意见已执行。"]
    assert bureau.act(number, "officer", "close", **record)["stage"] == "closed"


def test_p9_9_an_opinion_that_a_party_does_not_carry_out_ends_the_case_too(bureau: Organisation) -> None:
    number = settled(bureau)
    before = bureau.told("complainant", number)

    bureau.act(number, "officer", "execute", not_carried_out=True)

    text = f"您的投诉 {number} 的处理意见未能执行，您可向市食品药品监督管理局相关部门作进一步投诉。"
    assert bureau.told("complainant", number) == [text, *before]
    assert bureau.told("leader", number)[:1] == [f"投诉 {number} 的处理意见未能执行。"]
    assert bureau.act(number, "officer", "close", handling_record="店主未退款。")["stage"] == "closed"


def test_p9_9_the_leader_is_not_told_of_what_was_carried_out(bureau: Organisation) -> None:
    number = settled(bureau)
    before = bureau.told("leader", number)

    bureau.act(number, "officer", "execute", not_carried_out=False)

    assert bureau.told("leader", number) == before
    assert bureau.told("complainant", number)[:1] == [f"您的投诉 {number} 的处理意见已执行。"]


def test_p9_9_the_officer_is_told_that_it_was_accepted(bureau: Organisation) -> None:
    number = settled(bureau)

    assert bureau.told("officer", number)[:1] == [f"投诉 {number}：投诉人已接受处理意见。"]


def test_p9_9_a_complainant_who_disputes_is_referred_to_the_superior_body(bureau: Organisation) -> None:
    number = decided(bureau)

    bureau.act(number, "complainant", "dispute", reason="处理太轻")

    text = f"您不接受投诉 {number} 的处理意见，可向市食品药品监督管理局相关部门作进一步投诉。"
    assert bureau.told("complainant", number)[:1] == [text]


def test_p9_9_a_disputed_case_is_closed_too(bureau: Organisation) -> None:
    number = decided(bureau)
    bureau.act(number, "complainant", "dispute")

    assert bureau.act(number, "officer", "close", handling_record="已告知上级部门。")["stage"] == "closed"


@pytest.mark.parametrize("act", ["agree", "dispute"])
def test_p9_9_only_the_complainant_answers(bureau: Organisation, act: str) -> None:
    assert bureau.try_act(decided(bureau), "officer", act).status == 403


def test_p9_10_the_officer_fills_in_the_handling_record(bureau: Organisation) -> None:
    number = settled(bureau)
    bureau.act(number, "officer", "execute")

    answer = bureau.try_act(number, "officer", "close")

    assert (answer.status, answer.pointer) == (422, "/fields/handling_record")


def test_p9_10_the_handling_record_is_hidden_from_the_complainant(bureau: Organisation) -> None:
    number = closed(bureau)

    [event] = bureau.events(number, type_="closed")
    kept = [bureau.get(f"/complaints/{number}/record", who, number)["values"] for who in ("officer", "complainant")]
    assert [values.get(event["id"]) for values in kept] == [{"handling_record": "已退款并处罚。"}, None]


def test_p9_10_the_complainant_is_told_of_the_closing(bureau: Organisation) -> None:
    number = closed(bureau)

    assert bureau.told("complainant", number)[:1] == [f"您的投诉 {number} 已结案。"]


def test_p9_10_the_archivist_files_it(bureau: Organisation) -> None:
    number = closed(bureau)
    assert bureau.try_act(number, "officer", "archive").status == 403

    assert bureau.act(number, "archivist", "archive")["stage"] == "archived"

    shelf = bureau.get("/complaints?shelf=archived", "archivist")["complaints"]
    assert [row["number"] for row in shelf] == [number]


@pytest.mark.parametrize("field", ["legal_basis", "opinion", "outcome"])
def test_p9_11_a_decision_cites_its_legal_basis(bureau: Organisation, field: str) -> None:
    answer = bureau.try_act(mediated(bureau), "officer", "decide", **{**DECISION, field: None})

    assert (answer.status, answer.pointer) == (422, f"/fields/{field}")


@pytest.mark.parametrize("blank", ["", " ", "\n"])
def test_p9_11_a_blank_is_no_legal_basis(bureau: Organisation, blank: str) -> None:
    answer = bureau.try_act(mediated(bureau), "officer", "decide", **{**DECISION, "legal_basis": blank})

    assert (answer.status, answer.pointer) == (422, "/fields/legal_basis")


def test_p9_9_the_end_of_a_disputed_case_names_the_superior_body_again(bureau: Organisation) -> None:
    number = disputed(bureau)

    bureau.act(number, "officer", "close", handling_record="已告知上级部门。")

    text = f"您的投诉 {number} 已结案。您不接受处理意见，仍可向市食品药品监督管理局相关部门作进一步投诉。"
    assert bureau.told("complainant", number)[:1] == [text]


def test_p9_9_a_disputed_case_is_not_carried_out(bureau: Organisation) -> None:
    answer = bureau.try_act(disputed(bureau), "officer", "execute")

    assert (answer.status, answer.problem) == (409, "act-not-open")


@pytest.mark.parametrize(("stage", "act"), [(settled, "agree"), (disputed, "dispute")])
def test_p9_9_the_same_answer_is_given_once(
    bureau: Organisation, stage: Callable[[Organisation], str], act: str
) -> None:
    assert bureau.try_act(stage(bureau), "complainant", act).problem == "act-not-open"


@pytest.mark.parametrize("act", ["execute", "close"])
def test_p9_9_only_the_assigned_officer_carries_out_and_closes(bureau: Organisation, act: str) -> None:
    hire(bureau, "officer", name="second")
    number = executed(bureau) if act == "close" else settled(bureau)
    fields = {"handling_record": "已退款。"} if act == "close" else {}

    assert [bureau.try_act(number, who, act, **fields).status for who in ("second", "leader", "complainant")] == [
        403
    ] * 3


@pytest.mark.parametrize("stage", [executed, disputed])
def test_p9_10_each_end_has_its_handling_record(bureau: Organisation, stage: Callable[[Organisation], str]) -> None:
    answer = bureau.try_act(stage(bureau), "officer", "close")

    assert (answer.status, answer.pointer) == (422, "/fields/handling_record")


@pytest.mark.parametrize("stage", [executed, disputed])
@pytest.mark.parametrize("who", ["archivist", "information_centre", "leader", "complainant"])
def test_p9_10_the_archivist_and_others_close_no_case(
    bureau: Organisation, stage: Callable[[Organisation], str], who: str
) -> None:
    assert bureau.try_act(stage(bureau), who, "close", handling_record="结案。").status == 403


@pytest.mark.parametrize("stage", [inspected, decided, settled, disputed])
def test_p9_10_nothing_is_archived_before_it_is_closed(
    bureau: Organisation, stage: Callable[[Organisation], str]
) -> None:
    answer = bureau.try_act(stage(bureau), "archivist", "archive")

    assert (answer.status, answer.problem) == (409, "act-not-open")


@pytest.mark.parametrize("who", ["leader", "information_centre", "complainant"])
def test_p9_10_only_the_archivist_files_it(bureau: Organisation, who: str) -> None:
    assert bureau.try_act(closed(bureau), who, "archive").status == 403


def test_p9_11_the_complainant_reads_the_legal_basis(bureau: Organisation) -> None:
    number = decided(bureau)

    [event] = bureau.events(number, type_="decided")
    values = bureau.get(f"/complaints/{number}/record", "complainant", number)["values"][event["id"]]
    assert values["legal_basis"] == DECISION["legal_basis"]


def test_p9_9_the_officer_is_told_that_it_was_disputed(bureau: Organisation) -> None:
    number = disputed(bureau)

    assert bureau.told("officer", number)[0] == f"投诉 {number}：投诉人不接受处理意见。"


@pytest.mark.parametrize("stage", [executed, disputed])
def test_p9_10_the_archivist_is_told_of_each_closing(
    bureau: Organisation, stage: Callable[[Organisation], str]
) -> None:
    number = stage(bureau)

    bureau.act(number, "officer", "close", handling_record="已处理。")

    assert bureau.told("archivist", number) == [f"投诉 {number} 已结案，请作好结案登记、归入档案。"]


def test_p9_10_the_archivist_is_told_of_a_case_that_silence_closed(bureau: Organisation) -> None:
    number = decided(bureau)

    bureau.world.move_to(bureau.deadline(number, "silence")["due"])

    assert bureau.told("archivist", number) == [f"投诉 {number} 已结案，请作好结案登记、归入档案。"]
