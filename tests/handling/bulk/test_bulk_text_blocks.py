"""Text blocks in an act on many complaints: each complaint fills the placeholders, and a gap leaves it out."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.offices.marketplace import accepted, marketplace_in
from tests.clauses.organisation import Organisation, hire
from tests.clauses.world import InProcess
from tests.handling.bulk.bulks import done, outcomes, read, run, start, tried
from tests.handling.desk.desk import at_the_desk, desk
from tests.handling.text_blocks.blocks import changed, retired, written
from tests.sign_in.door import START

TEXT = "投诉 {number} 由{unit}处理。"
NO_UNIT = "The complaint has no value for a placeholder of the text: unit"


@pytest.fixture
def office() -> Organisation:
    """Two complaints about a unit, and one without."""
    found = marketplace_in(InProcess(START))
    hire(found, "owner", name="writer")
    accepted(found), accepted(found)
    found.file()
    return found


def order(office: Organisation, text: str, *blocks: tuple[str, int], act: str = "inform") -> dict[str, Any]:
    field = {"inform": "message", "note": "text"}[act]
    used = [{"block": block, "version": version} for block, version in blocks]
    return {"act": act, "fields": {field: text}, "text_blocks": used, "numbers": list(office.filed)}


def sent(office: Organisation, number: str) -> list[str]:
    found = office.get(f"/complaints/{number}/record", "complainant", number)
    return [one["message"] for one in found["values"].values() if "message" in one]


def test_each_complaint_fills_the_placeholders(office: Organisation) -> None:
    block = written(office, text=TEXT)
    done(office, **order(office, f"您好。{TEXT}", (block, 1)))
    first, second, _ = office.filed
    assert sent(office, first) == [f"您好。投诉 {first} 由seller处理。"]
    assert sent(office, second) == [f"您好。投诉 {second} 由seller处理。"]


def test_a_gap_leaves_the_complaint_out_and_is_counted_with_its_reason(office: Organisation) -> None:
    block = written(office, text=TEXT)
    first, second, bare = office.filed
    found = tried(office, **order(office, TEXT, (block, 1), act="note"))
    assert outcomes(found) == {first: "possible", second: "possible", bare: "refused"}
    reason = {"zh": "该投诉没有文字中占位符对应的内容：相关单位", "en": NO_UNIT}
    assert found["bulk"]["reasons"] == [{"text": reason, "complaints": 1}]


def test_the_result_is_that_of_the_dry_run(office: Organisation) -> None:
    block = written(office, text=TEXT)
    trial = tried(office, **order(office, TEXT, (block, 1), act="note"))
    after = read(office, run(office, trial["bulk"]["id"]).json["id"])
    as_done = {number: "done" if one == "possible" else one for number, one in outcomes(trial).items()}
    assert outcomes(after) == as_done
    assert after["bulk"]["reasons"] == trial["bulk"]["reasons"]


@pytest.mark.parametrize(("act", "event"), [("inform", "informed"), ("note", "noted")])
def test_the_record_names_the_block_in_its_version(office: Organisation, act: str, event: str) -> None:
    block = written(office)
    changed(office, block, text=TEXT)
    done(office, **order(office, TEXT, (block, 2), act=act))
    for number in list(office.filed)[:2]:
        assert office.events(number, type_=event)[-1]["result"]["text_blocks"] == [{"block": block, "version": 2}]
        assert office.get(f"/complaints/{number}/record/verify", "owner")["intact"]


def test_a_block_that_is_retired_between_dry_run_and_act_is_sent_as_it_was_tried(office: Organisation) -> None:
    block = written(office, text=TEXT)
    trial = tried(office, **order(office, TEXT, (block, 1)))["bulk"]["id"]
    retired(office, block)
    first, second, bare = office.filed
    assert outcomes(read(office, run(office, trial).json["id"])) == {first: "done", second: "done", bare: "refused"}
    assert sent(office, first) == [f"投诉 {first} 由seller处理。"]


def test_without_a_block_braces_are_text(office: Organisation) -> None:
    first = next(iter(office.filed))
    done(office, **order(office, TEXT))
    assert sent(office, first) == [TEXT]


def test_braces_that_are_no_placeholder_are_refused_at_once(office: Organisation) -> None:
    answer = start(office, **order(office, "{weather}", (written(office), 1)))
    assert (answer.status, answer.pointer) == (422, "/fields/message")


def test_a_version_that_never_was_is_refused_at_once(office: Organisation) -> None:
    answer = start(office, **order(office, TEXT, ("999", 1)))
    assert (answer.status, answer.pointer) == (422, "/text_blocks/0")


def test_blocks_of_two_languages_are_refused(office: Organisation) -> None:
    answer = start(office, **order(office, TEXT, (written(office), 1), (written(office, language="en"), 1)))
    assert (answer.status, answer.pointer) == (422, "/text_blocks")


def test_a_switch_takes_none(office: Organisation) -> None:
    asked = {**order(office, TEXT, (written(office), 1)), "act": "switch", "fields": {}}
    answer = start(office, "owner", **asked)
    assert (answer.status, answer.pointer) == (422, "/text_blocks")


def test_people_who_only_answer_for_a_unit_name_none(office: Organisation) -> None:
    assert start(office, "seller", **order(office, TEXT, (written(office), 1))).status == 403


def test_a_text_that_is_too_long_once_it_is_filled_leaves_the_complaint_out(office: Organisation) -> None:
    block = written(office, text="{number}")
    text = "字" * 3995 + "{unit}"
    found = tried(office, **order(office, text, (block, 1), act="note"))
    assert set(outcomes(found).values()) == {"refused"}


def test_the_form_of_many_complaints_inserts_it_with_its_placeholders(office: Organisation) -> None:
    block = written(office, name="说明", text=TEXT)
    first, second, bare = office.filed
    browser = at_the_desk(office, "handler")
    browser.open(f"{desk(office)}/bulk?act=inform&number={first}&number={second}&number={bare}")
    form = next(at for at, one in enumerate(browser.page.forms) if "/bulk?" in one.action)
    browser.submit(form=form, button="insert", block=block, **{"fact.message": "您好。"})
    assert browser.answer.status == 200
    assert f"您好。\n\n{TEXT}" in browser.answer.text
    form = next(at for at, one in enumerate(browser.page.forms) if "/bulk?" in one.action)
    browser.submit(form=form)
    office.world.settle()
    browser.open(browser.path)
    assert NO_UNIT in browser.answer.text
    browser.submit(form=next(at for at, one in enumerate(browser.page.forms) if "/bulk/bulk-" in one.action))
    office.world.settle()
    assert sent(office, first) == [f"您好。\n\n投诉 {first} 由seller处理。"]


def test_a_gap_of_the_first_complaint_does_not_stop_the_others(office: Organisation) -> None:
    block = written(office, text=TEXT)
    bare = list(office.filed)[2]
    browser = at_the_desk(office, "handler")
    browser.open(f"{desk(office)}/bulk?act=note&number={bare}&number={next(iter(office.filed))}")
    form = next(at for at, one in enumerate(browser.page.forms) if "/bulk?" in one.action)
    browser.submit(form=form, button="insert", block=block)
    form = next(at for at, one in enumerate(browser.page.forms) if "/bulk?" in one.action)
    browser.submit(form=form)
    assert "/bulk/bulk-" in browser.path
