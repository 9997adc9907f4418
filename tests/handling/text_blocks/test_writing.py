"""Text blocks are written in versions, by those who may, and each version is on the organisation's record."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.features.text_blocks import block as items
from chalicelib.kit import canonical
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.handling.text_blocks.blocks import APOLOGY, ask, changed, retired, written
from tests.sign_in.door import START


def on_record(office: Organisation) -> list[tuple[str, dict[str, Any], str]]:
    """The oldest first."""
    events = office.get("/record", "owner")["events"][::-1]
    return [(one["type"], one["fields"], one["actor"]["id"]) for one in events if one["type"].startswith("text_block_")]


def owner_of(office: Organisation) -> str:
    return str(office.get("/people/me", "owner")["sub"])


def test_a_member_reads_what_an_owner_wrote(office: Organisation) -> None:
    block = written(office)
    answer = ask(office, "GET", f"/{block}", who="handler")
    assert (answer.json["text"], answer.headers["ETag"]) == (APOLOGY["text"], '"1"')
    [listed] = ask(office, "GET", who="handler").json["text_blocks"]
    assert (listed["id"], listed["by"], listed["retired"]) == (block, owner_of(office), False)


def test_a_change_is_a_further_version_and_the_earlier_one_stays(office: Organisation) -> None:
    block = written(office)
    assert changed(office, block, text="深表歉意。") == 2
    versions = ask(office, "GET", f"/{block}").json["versions"]
    assert [(one["version"], one["text"]) for one in versions] == [(2, "深表歉意。"), (1, APOLOGY["text"])]


def test_who_wrote_which_version_is_on_the_organisations_record(office: Organisation) -> None:
    block = written(office)
    changed(office, block, text="深表歉意。")
    retired(office, block)
    owner = owner_of(office)
    first, second = canonical.digest(APOLOGY["text"]), canonical.digest("深表歉意。")
    assert on_record(office) == [
        ("text_block_written", {"block": block, "version": 1, "sha256": first}, owner),
        ("text_block_written", {"block": block, "version": 2, "sha256": second}, owner),
        ("text_block_retired", {"block": block, "version": 2}, owner),
    ]


def test_a_retired_block_keeps_its_versions_and_comes_last(office: Organisation) -> None:
    block = written(office)
    other = written(office, name="转办说明")
    retired(office, block)
    assert [one["id"] for one in ask(office, "GET").json["text_blocks"]] == [other, block]
    assert ask(office, "GET", f"/{block}").json["text"] == APOLOGY["text"]


def test_retiring_again_changes_nothing(office: Organisation) -> None:
    block = written(office)
    retired(office, block)
    before = on_record(office)
    retired(office, block)
    assert on_record(office) == before


def test_writing_a_retired_block_puts_it_in_use_again(office: Organisation) -> None:
    block = written(office)
    retired(office, block)
    assert changed(office, block) == 2
    assert not ask(office, "GET", f"/{block}").json["block"]["retired"]


def test_a_repeated_request_writes_one_block(office: Organisation) -> None:
    key = {"Idempotency_Key": "k" * 32}
    first, second = (ask(office, "POST", "", APOLOGY, **key) for _ in range(2))
    assert first.json == second.json
    assert len(ask(office, "GET").json["text_blocks"]) == 1


@pytest.mark.parametrize("who", ["handler", "screener"])
def test_other_members_write_none(office: Organisation, who: str) -> None:
    block = written(office)
    answers = [
        ask(office, "POST", "", APOLOGY, who),
        ask(office, "PUT", f"/{block}", APOLOGY, who),
        ask(office, "POST", f"/{block}/retire", None, who),
    ]
    assert [one.problem for one in answers] == ["forbidden"] * 3


def test_the_role_that_inspects_writes_too() -> None:
    centre = sign_up(InProcess(START), "government-service-centre")
    assert ask(centre, "POST", "", APOLOGY, "supervisor").status == 201


def test_people_who_only_answer_for_a_unit_see_none(office: Organisation) -> None:
    block = written(office)
    answers = [ask(office, "GET", path, who="seller") for path in ("", f"/{block}")]
    assert [one.problem for one in answers] == ["forbidden", "forbidden"]


def test_two_people_who_edit_the_same_version_do_not_overwrite_each_other(office: Organisation) -> None:
    block = written(office)
    first = ask(office, "PUT", f"/{block}", {**APOLOGY, "text": "甲"}, If_Match='"1"')
    second = ask(office, "PUT", f"/{block}", {**APOLOGY, "text": "乙"}, If_Match='"1"')
    assert (first.status, second.status, second.problem) == (200, 412, "stale")
    assert ask(office, "GET", f"/{block}").json["text"] == "甲"


def test_an_organisation_has_a_limited_number_in_use(office: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(items, "MOST", 1)
    block = written(office)
    assert ask(office, "POST", "", APOLOGY).problem == "limit-reached"
    retired(office, block)
    written(office, name="转办说明")
    assert ask(office, "PUT", f"/{block}", APOLOGY).problem == "limit-reached"


def test_of_many_retired_blocks_the_oldest_leave_the_list(
    office: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(items, "MOST", 1)
    for name in ("甲", "乙"):
        retired(office, written(office, name=name))
        office.world.move_to("2026-11-27T10:00:00+08:00")
    assert [one["name"] for one in ask(office, "GET").json["text_blocks"]] == ["乙"]
