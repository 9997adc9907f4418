"""The event of an act names the text blocks from which its texts were made, in the versions that were inserted."""

from __future__ import annotations

import pytest

from tests.clauses.offices.marketplace import marketplace_in
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.handling.text_blocks.blocks import changed, inform, named, retired, written

TEXT = "您好，货款已退回。"


def test_the_event_names_the_block_and_its_version(office: Organisation, accepted: str) -> None:
    block = written(office)
    changed(office, block, text="深表歉意。")
    assert inform(office, accepted, TEXT, (block, 2)).status == 200
    assert named(office, accepted) == [{"block": block, "version": 2}]


def test_a_message_that_names_none_has_no_such_member(office: Organisation, accepted: str) -> None:
    assert inform(office, accepted, TEXT).status == 200
    assert "text_blocks" not in office.events(accepted, type_="informed")[-1]["result"]


def test_what_is_sent_is_the_edited_text(office: Organisation, accepted: str) -> None:
    inform(office, accepted, TEXT, (written(office), 1))
    found = office.get(f"/complaints/{accepted}/record", "complainant", accepted)
    assert [one["message"] for one in found["values"].values() if "message" in one] == [TEXT]


def test_the_record_verifies_with_it(office: Organisation, accepted: str) -> None:
    inform(office, accepted, TEXT, (written(office), 1))
    assert office.get(f"/complaints/{accepted}/record/verify", "owner")["intact"]


def test_a_block_that_was_named_twice_is_on_record_once(office: Organisation, accepted: str) -> None:
    block = written(office)
    inform(office, accepted, TEXT, (block, 1), (block, 1))
    assert named(office, accepted) == [{"block": block, "version": 1}]


def test_a_block_that_was_retired_meanwhile_may_be_named(office: Organisation, accepted: str) -> None:
    block = written(office)
    retired(office, block)
    assert inform(office, accepted, TEXT, (block, 1)).status == 200
    assert named(office, accepted) == [{"block": block, "version": 1}]


def test_any_act_can_name_one(office: Organisation, accepted: str) -> None:
    block = written(office)
    body = {"fields": {"text": TEXT}, "text_blocks": [{"block": block, "version": 1}]}
    path = f"{office.path}/complaints/{accepted}/acts/note"
    assert office.world.call("POST", path, body, auth=office.auth("handler")).status == 200
    assert office.events(accepted, type_="noted")[-1]["result"]["text_blocks"] == [{"block": block, "version": 1}]


@pytest.mark.parametrize("used", [("999", 1), ("1", 2)])
def test_a_version_that_never_was_is_refused(office: Organisation, accepted: str, used: tuple[str, int]) -> None:
    answer = inform(office, accepted, TEXT, used)
    assert (answer.status, answer.pointer) == (422, "/text_blocks/0")


def test_a_block_of_another_organisation_is_refused(office: Organisation, accepted: str) -> None:
    world = office.world
    assert isinstance(world, InProcess)
    other = marketplace_in(world, named="other-office")
    block = written(other)
    answer = inform(office, accepted, TEXT, (block, 1))
    assert (answer.status, answer.pointer) == (422, "/text_blocks/0")


def test_a_complainant_names_none(office: Organisation, accepted: str) -> None:
    block = written(office)
    path = f"{office.path}/complaints/{accepted}/acts/write"
    body = {"fields": {"message": TEXT}, "text_blocks": [{"block": block, "version": 1}]}
    answer = office.world.call("POST", path, body, auth=office.auth("complainant", accepted))
    assert (answer.status, answer.pointer) == (422, "/text_blocks/0")


@pytest.mark.parametrize("gap", ["【待填：相关单位】", "[fill in: unit]"])
def test_a_text_with_a_gap_is_not_sent(office: Organisation, accepted: str, gap: str) -> None:
    answer = inform(office, accepted, f"您好，{gap}。", (written(office), 1))
    assert (answer.status, answer.pointer) == (422, "/fields/message")
    assert office.events(accepted, type_="informed") == []


def test_a_dry_run_finds_the_gap_too(office: Organisation, accepted: str) -> None:
    answer = inform(office, accepted, "【待填：相关单位】", (written(office), 1), query="?dry_run=true")
    assert (answer.status, answer.pointer) == (422, "/fields/message")


def test_the_same_words_in_a_text_without_a_block_are_sent(office: Organisation, accepted: str) -> None:
    assert inform(office, accepted, "【待填：相关单位】").status == 200


def test_more_than_ten_are_refused(office: Organisation, accepted: str) -> None:
    block = written(office)
    answer = inform(office, accepted, TEXT, *[(block, 1)] * 11)
    assert (answer.status, answer.pointer) == (422, "/text_blocks")
