"""`retention`: private values and files of a complaint are erased some time after its end, everywhere."""

from __future__ import annotations

import pytest

from chalicelib.access import binding
from chalicelib.store import keys
from chalicelib.store.port import Remove
from tests.clauses.giving import given
from tests.clauses.organisation import Organisation
from tests.evidence.test_retention import looked_at
from tests.forms.copies.copy import asked, stored
from tests.kernel.web.untouched import in_process
from tests.kernel.web.untouched import refused as is_refused
from tests.retention.office import AFTER, NAME, PHONE, TEXT, bureau, erased, filed, gone, items, later, publish, refused

__all__ = ["bureau", "gone"]
BEFORE = "2026-09-21T23:00:00+08:00"


def test_private_values_are_erased_after_the_time_of_the_policy(bureau: Organisation) -> None:
    number = refused(bureau)
    later(bureau, BEFORE)
    assert (erased(bureau, number), len(items(bureau, "private"))) == ([], 3)

    later(bureau, AFTER)

    assert (len(erased(bureau, number)), items(bureau, "private")) == (1, [])


def test_the_event_says_what_was_erased_and_why(bureau: Organisation, gone: str) -> None:
    [event] = erased(bureau, gone)

    assert (event["actor"]["kind"], event["due_at"]) == ("system", "2026-09-21T16:00:00.000Z")
    assert event["fields"] == {
        "asked_by": "retention",
        "kept": "20 calendar days",
        "version": "2",
        "ended_at": "2026-09-01T01:00:00.000Z",
        "values": 3,
        "files": 0,
    }


def test_no_item_and_no_object_has_a_text_of_it(bureau: Organisation, gone: str) -> None:
    fakes = in_process(bureau).fakes
    texts = [NAME, PHONE, TEXT]
    with binding.tenant(bureau.id):
        opened = [
            fakes.wiring.sealer.open(bureau.id, gone, one.body)
            for one in fakes.store.everything()
            if one.kind in ("private", "similar-signature", "search-pending") and gone in repr(one.key)
        ]
    assert not any(text in repr(one) for one in [*fakes.store.everything(), *opened] for text in texts)


def test_look_ups_by_telephone_do_not_find_it(bureau: Organisation) -> None:
    kept = filed(bureau)
    number = refused(bureau)
    named = [one.key.sk for one in items(bureau, "lookup") if one.key.pk == keys.lookup(bureau.id, "phone", "").pk]
    assert named == []
    before = {one.key.sk for one in items(bureau, "lookup") if "#X#phone#" in one.key.pk}
    assert before == {kept, number}

    later(bureau, AFTER)

    assert {one.key.sk for one in items(bureau, "lookup") if "#X#phone#" in one.key.pk} == {kept}


def test_similar_complaints_do_not_find_it(bureau: Organisation) -> None:
    other = filed(bureau)
    number = refused(bureau)
    path = f"/complaints/{other}/similar"
    assert [one["number"] for one in bureau.get(path, "leader")["complaints"]] == [number]

    later(bureau, AFTER)

    assert bureau.get(path, "leader")["complaints"] == []
    assert len(items(bureau, "similar-signature")) == 1
    assert {number in one.key.sk for one in items(bureau, "similar-band")} == {False}


def test_its_files_are_erased_with_it(bureau: Organisation) -> None:
    publish(bureau, "20 calendar days", evidence_kept="15 calendar days")
    number = filed(bureau)
    evidence = given(bureau, number, "document")["id"]
    bureau.act(number, "information_centre", "refuse", ground="no_facts")

    later(bureau, AFTER)

    assert looked_at(bureau, number, evidence)["state"] == "erased"
    assert not any("/sealed/" in key for key in in_process(bureau).fakes.objects.present())


def test_a_locked_file_is_withheld_at_once_and_erased_when_its_lock_ends(bureau: Organisation) -> None:
    number = filed(bureau)
    evidence = given(bureau, number, "document")["id"]
    bureau.act(number, "information_centre", "refuse", ground="no_facts")
    link = f"{bureau.path}/complaints/{number}/evidence/{evidence}/link?copy=original"
    assert bureau.world.call("GET", link, auth=bureau.auth("leader")).status == 200
    later(bureau, AFTER)
    [event] = erased(bureau, number)
    locked = looked_at(bureau, number, evidence)
    assert (event["fields"]["files"], locked["state"], locked["copies"]) == (1, "sealed", [])
    assert bureau.world.call("GET", link, auth=bureau.auth("leader")).status == 404

    in_process(bureau).jump_to("2036-09-10T09:00:00+08:00")
    for _ in range(2):
        in_process(bureau).sweep()

    assert looked_at(bureau, number, evidence)["state"] == "erased"
    assert [one["fields"]["evidence"] for one in bureau.events(number, type_="erased")] == [evidence]


def test_who_reads_afterwards_is_told_what_happened(bureau: Organisation, gone: str) -> None:
    for who in ("complainant", "leader"):
        shown = bureau.complaint(gone, who)
        assert shown["erased_at"] == erased(bureau, gone)[0]["at"]
        assert shown["facts"].keys() == {"occurred_at", "knew_at"}
        assert (shown["acts"], shown["damaged"]) == ([], False)
    record = bureau.get(f"/complaints/{gone}/record", "leader")
    assert (record["values"], record["erased"]) == ({}, [f"{gone}/1"])


@pytest.mark.parametrize("who", ["complainant", "leader", "owner"])
@pytest.mark.parametrize("act", ["note", "reopen", "hold", "supplement"])
def test_an_act_afterwards_is_refused_with_the_reason(bureau: Organisation, gone: str, who: str, act: str) -> None:
    before = bureau.events(gone)

    answer = bureau.try_act(gone, who, act, reason="补充")

    is_refused(answer, 409, "act-not-open")
    assert "erased" in answer.json["detail"]
    assert bureau.events(gone) == before


def test_a_file_afterwards_is_refused(bureau: Organisation, gone: str) -> None:
    from tests.clauses.giving import declared

    assert declared(bureau, gone, "document").status == 409


def test_the_record_verifies(bureau: Organisation, gone: str) -> None:
    later(bureau, "2026-09-24T09:00:00+08:00")
    shown = bureau.get(f"/complaints/{gone}/record/verify", "leader")

    assert (shown["intact"], shown["missing"], shown["altered"]) == (True, [], [])


def test_a_value_taken_out_without_an_erasure_on_record_is_missing(bureau: Organisation) -> None:
    number = refused(bureau)
    with binding.tenant(bureau.id):
        in_process(bureau).fakes.store.commit([Remove(items(bureau, "private")[0].key)])

    assert bureau.get(f"/complaints/{number}/record/verify", "leader")["missing"] == [f"{number}/1"]


def test_its_printed_case_says_so(bureau: Organisation, gone: str) -> None:
    page = bureau.world.call("GET", f"{bureau.path}/complaints/{gone}/case-file", auth=bureau.auth("leader"))

    assert page.status == 200, page.text
    assert "删除非公开内容" in page.text
    assert TEXT not in page.text


def test_its_printed_form_marks_the_values_as_erased(bureau: Organisation, gone: str) -> None:
    page = bureau.world.call(
        "GET", f"{bureau.path}/complaints/{gone}/forms/complaint_record", auth=bureau.auth("leader")
    )

    assert (page.status, "已删除" in page.text, NAME in page.text) == (200, True, False)


def test_without_retention_nothing_is_erased(bureau: Organisation) -> None:
    publish(bureau, None)
    number = refused(bureau)

    later(bureau, "2026-12-23T09:00:00+08:00")

    assert (erased(bureau, number), len(items(bureau, "private"))) == ([], 3)


def test_copies_that_the_complainant_got_are_erased_with_the_case(bureau: Organisation) -> None:
    number = refused(bureau)
    assert asked(bureau, number).status == 201
    assert len(stored(bureau, number)) == 1

    later(bureau, AFTER)

    assert stored(bureau, number) == []
