"""An excluded person gets nothing of the complaint by what owners may do: grants, webhooks, exports."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from chalicelib.features.exports.verify_archive import verify
from infra.commands import verify_record
from tests.across.isolation.excluded import made_in_unit
from tests.clauses.organisation import Organisation, hire
from tests.clauses.world import advance
from tests.exports import exported
from tests.exports.mining import logs
from tests.handling.exclusion.council import remove, stand_in
from tests.helpers.fakes.files import PDF
from tests.messages.webhooks import hooks

PRIVATE = ("The officer at the counter of Mill Lane shouted at me.", "00000000099")
"""The text of the complaint, and the complainant's telephone number."""
OWN = "respondent_at_filing"
"""A manager who was the unit's respondent before the complaint was filed."""


@pytest.fixture
def office() -> Organisation:
    found = made_in_unit()
    hire(found, "manager", name="partner")
    grant(found, "partner", {"role": "manager"}, {"role": "owner"})
    found.always = {"unit": "north", "facts": {"content": PRIVATE[0], "complainant.contact": PRIVATE[1]}}
    return found


def named_in(office: Organisation, *people: str) -> str:
    """A complaint about the unit, with a file, that excludes these people."""
    advance(office.world, "1 minute")
    number = office.file()
    advance(office.world, "1 minute")
    exported.add_evidence(office, number, PDF)
    office.act(number, "manager", "recuse", person=[office.subs[who] for who in people])
    office.world.settle()
    return number


def grant(office: Organisation, who: str, *grants: dict[str, str], by: str = "owner") -> None:
    path = f"{office.path}/people/{office.subs[who]}"
    assert office.world.call("PUT", path, {"grants": list(grants)}, auth=office.auth(by)).status == 200


def opened(office: Organisation, number: str, who: str) -> bool:
    """Whether the complaint's own address shows it. The queue and its record agree."""
    auth, path = office.auth(who), f"{office.path}/complaints/{number}"
    shown = "excluded" not in office.world.call("GET", path, auth=auth).json
    assert (number in office.world.call("GET", f"{office.path}/complaints", auth=auth).text) == shown
    assert office.world.call("GET", f"{path}/history", auth=auth).status in ((200, 403) if shown else (403,))
    assert (office.world.call("GET", f"{path}/record", auth=auth).status == 200) == shown
    return shown


RESPONDENT = {"role": "respondent", "unit": "north"}


def test_a_respondents_grant_that_an_excluded_owner_adds_opens_nothing(office: Organisation) -> None:
    number = named_in(office, "owner")

    grant(office, "owner", {"role": "owner"}, RESPONDENT)

    assert not opened(office, number, "owner")


def test_a_deputy_of_an_excluded_person_gains_nothing_by_a_respondents_grant(office: Organisation) -> None:
    number = named_in(office, "officer")
    stand_in(office, "officer", "third")

    grant(office, "third", RESPONDENT)

    assert not opened(office, number, "third")


def test_an_excluded_person_gains_nothing_as_the_deputy_of_a_respondent(office: Organisation) -> None:
    number = named_in(office, "officer")
    grant(office, "officer", {"role": "officer", "unit": "south"})
    grant(office, OWN, RESPONDENT)

    stand_in(office, OWN, "officer")

    assert not opened(office, number, "officer")


def test_an_excluded_person_who_is_removed_and_invited_again_as_respondent_stays_excluded(office: Organisation) -> None:
    number = named_in(office, OWN)
    remove(office, OWN)

    again = {"email": office.emails[OWN], "name": OWN, "grants": [RESPONDENT]}
    assert office.world.call("POST", f"{office.path}/people", again, auth=office.auth("owner")).status == 201

    assert not opened(office, number, OWN)


def test_a_respondents_grant_from_before_the_filing_keeps_what_respondents_see(office: Organisation) -> None:
    number = named_in(office, OWN)
    assert opened(office, number, OWN)

    grant(office, OWN, RESPONDENT, {"role": "manager"})

    assert opened(office, number, OWN)
    facts = office.complaint(number, OWN)["facts"]
    assert (facts["content"], "complainant.contact" in facts) == (PRIVATE[0], False)


def test_a_respondents_grant_that_was_removed_and_given_back_is_a_later_one(office: Organisation) -> None:
    number = named_in(office, OWN)

    grant(office, OWN, {"role": "manager"})
    grant(office, OWN, {"role": "manager"}, RESPONDENT)

    assert not opened(office, number, OWN)


def test_who_becomes_respondent_later_and_is_not_excluded_sees_the_complaint(office: Organisation) -> None:
    number = named_in(office, "owner")

    hire(office, "respondent", name="newcomer", unit="north")

    assert opened(office, number, "newcomer")


def sent_about(office: Organisation, number: str) -> list[str]:
    events = [json.loads(one.body) for one in hooks.poster(office).posted]
    return [event["type"] for event in events if event["data"]["number"] == number]


def change(office: Organisation, hook: dict[str, Any], who: str, **changes: Any) -> None:
    assert hooks.call(office, "PATCH", f"/{hook['id']}", changes, who=who).status == 200


def test_a_webhook_of_an_excluded_owner_skips_the_case(office: Organisation) -> None:
    number, other = named_in(office, "owner"), office.file()
    hook = hooks.added(office, events=["inspected"])

    for one in (number, other):
        office.act(one, "second", "inspect")

    assert (sent_about(office, number), sent_about(office, other)) == ([], ["complaint.inspected"])
    [skipped] = [
        one for one in office.get("/effects?state=failed", "partner")["effects"] if one["reader"] == hook["id"]
    ]
    assert skipped["why"] == "the complaint excludes a person who created or changed the webhook"


@pytest.mark.parametrize("changes", [{"url": "https://mine.example/"}, {"rotate": True}, {"events": []}])
def test_a_webhook_that_an_excluded_owner_changed_skips_the_case(office: Organisation, changes: dict[str, Any]) -> None:
    hook = hooks.call(office, "POST", body={"url": hooks.URL}, who="partner").json
    number = named_in(office, "owner")
    assert "complaint.recused" in sent_about(office, number)

    change(office, hook, "owner", **changes)
    office.act(number, "second", "inspect")

    assert "complaint.inspected" not in sent_about(office, number)


def test_the_recusal_itself_is_not_sent_and_no_replay_sends_what_came_before(office: Organisation) -> None:
    hook = hooks.added(office)
    hooks.poster(office).status = None
    number = named_in(office, "owner")
    hooks.poster(office).status = 204

    since = {"since": "2026-11-27T00:00:00Z"}
    assert hooks.call(office, "POST", f"/{hook['id']}/replay", since, who="partner").status == 202
    office.world.move_to("2026-11-27T12:00:00+08:00")

    assert sent_about(office, number) == []


def archived(office: Organisation, who: str, folder: Path) -> Path:
    answer = exported.start(office, who)
    path = folder / f"{who}.zip"
    path.write_bytes(exported.archive(office, answer.json["id"]))
    return path


def line_of(path: Path, number: str) -> dict[str, Any]:
    with zipfile.ZipFile(path) as archive:
        found = [
            json.loads(line)
            for name in archive.namelist()
            if name.startswith("complaints/")
            for line in archive.read(name).splitlines()
        ]
    return next(line for line in found if line["number"] == number)


def everything(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


def test_the_archive_of_an_excluded_owner_has_the_chain_without_private_values(
    office: Organisation, tmp_path: Path
) -> None:
    number = named_in(office, "owner")

    own, others = (archived(office, who, tmp_path) for who in ("owner", "partner"))

    chain, whole = line_of(own, number), line_of(others, number)
    assert (chain["excluded"], chain["events"]) == (True, whole["events"])
    assert [chain[part] for part in ("private", "reads", "evidence", "messages")] == [[], [], [], []]
    assert [text in everything(own) for text in (*PRIVATE, f"evidence/{number}/")] == [False] * 3
    assert [text in everything(others) for text in (*PRIVATE, f"evidence/{number}/")] == [True] * 3


def test_such_an_archive_is_verified_and_says_what_it_lacks(
    office: Organisation, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    number = named_in(office, "owner")
    exported.hour(office)
    path = archived(office, "owner", tmp_path)

    assert (verify(str(path)).faults, verify_record.main(str(path), None)) == ([], 0)

    assert f"CHAIN  {number}: " in capsys.readouterr().out


def test_a_changed_chain_without_private_values_is_a_fault(office: Organisation, tmp_path: Path) -> None:
    number = named_in(office, "owner")
    path = archived(office, "owner", tmp_path)

    def forge(files: dict[str, bytes]) -> None:
        name = next(name for name in files if name.startswith("complaints/"))
        files[name] = files[name].replace(b'"channel":"phone"', b'"channel":"other"')

    found = verify(str(exported.rewritten(path, forge))).faults

    assert any(fault.startswith(number) for fault in found)


def test_private_values_in_such_a_line_are_a_fault_since_nothing_checks_them(
    office: Organisation, tmp_path: Path
) -> None:
    number = named_in(office, "owner")
    path = archived(office, "owner", tmp_path)

    def forge(files: dict[str, bytes]) -> None:
        name = next(name for name in files if name.startswith("complaints/"))
        files[name] = files[name].replace(b'"private":[],"reads":[]', b'"private":[{"event":1}],"reads":[]')

    found = verify(str(exported.rewritten(path, forge))).faults

    assert f"{number}: has private, which its chain alone does not have" in found


def test_an_excluded_owner_gets_no_link_to_the_archive_of_another(office: Organisation) -> None:
    named_in(office, "owner")

    made = exported.start(office, "partner").json["id"]

    links = {who: exported.look(office, made, who).json["url"] for who in ("owner", "partner")}
    assert (links["owner"], links["partner"] is not None) == (None, True)


def test_the_event_log_of_an_excluded_owner_has_nothing_private(office: Organisation) -> None:
    number = named_in(office, "owner")
    assert isinstance(office.world, exported.InProcess)

    found = logs.packed(office.world, office.path, office.auth("owner"))

    log = logs.read(found)
    events = len(office.events(number, "partner"))
    assert [len(trace) for trace in log.traces.values()] == [events]
    assert [one for one in (*PRIVATE, "A. Invented", "receipt.pdf") if one in log.text] == []


def reads(office: Organisation, number: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = office.get(f"/complaints/{number}/reads", "partner")["reads"]
    return [one for one in found if one["route"] == "POST /v1/t/{tenant}/exports"]


def test_an_export_is_on_the_read_log_of_each_complaint_that_it_shows(office: Organisation) -> None:
    excluding, other = named_in(office, "owner"), office.file()

    made = exported.start(office, "owner").json["id"]

    [entry] = reads(office, other)
    assert (entry["id"], entry["by"], entry["role"]) == (made, office.subs["owner"], "owner")
    assert entry["classes"] == ["complainant", "content"]
    assert reads(office, excluding) == []
