"""A complainant gets a copy of what is stored about the case: a page, JSON, and the files."""

from __future__ import annotations

import hashlib

import pytest

from chalicelib.features.forms.copies import enclosed, give
from chalicelib.kit.instants import HOUR
from tests.clauses.giving import given
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.forms.copies.copy import asked, document, stored, unpacked
from tests.helpers.fakes.files import EICAR, PDF, image, sha256

NAME_MAX = 255
"""Bytes of a name that Linux can create."""


def test_the_answer_has_a_link_to_a_zip_file_and_its_digest(hall: Organisation, filed: str) -> None:
    answer = asked(hall, filed)
    [body] = stored(hall, filed)
    assert answer.status == 201, answer.text
    assert answer.json == {
        "url": answer.json["url"],
        "seconds": 300,
        "name": f"{hall.id}-{filed}.zip",
        "size": len(body),
        "sha256": hashlib.sha256(body).hexdigest(),
        "files": 0,
        "left_out": [],
    }
    assert answer.json["url"].startswith(f"https://bucket.test/T/{hall.id}/copies/{filed}/")


def test_the_json_has_what_the_operations_of_the_api_answer(hall: Organisation, filed: str) -> None:
    asked(hall, filed)
    found = document(hall, filed)
    assert found["complaint"] == hall.complaint(filed)
    assert found["record"] == hall.get(f"/complaints/{filed}/record", "complainant", filed)
    assert found["deadlines"] == hall.get(f"/complaints/{filed}/deadlines", "complainant", filed)
    messages = hall.get(f"/messages?complaint={filed}", "complainant", filed)["messages"]
    assert (found["messages"], bool(messages)) == (messages, True)


def test_the_page_has_what_was_filed_and_what_was_told(hall: Organisation, filed: str) -> None:
    asked(hall, filed)
    page = unpacked(hall, filed)["index.html"].decode()
    [message, *_] = hall.get(f"/messages?complaint={filed}", "complainant", filed)["messages"]
    given_texts = [text for text in hall.complaint(filed)["facts"].values() if isinstance(text, str)]
    assert "投诉资料副本" in page
    assert message["text"]["zh"] in page
    assert [text for text in given_texts if text in page]


def test_the_page_is_in_the_language_of_the_request(hall: Organisation, filed: str) -> None:
    asked(hall, filed, language="en")
    page = unpacked(hall, filed)["index.html"].decode()
    assert '<html lang="en">' in page
    assert "Copy of the case" in page


def test_the_files_are_in_it_under_their_names_with_their_digests(hall: Organisation, filed: str) -> None:
    given(hall, filed, "document", name="凭证.pdf")
    asked(hall, filed)
    [one] = document(hall, filed)["files"]
    assert (one["name"], one["path"], one["sha256"]) == ("凭证.pdf", "files/01-凭证.pdf", sha256(PDF))
    assert unpacked(hall, filed)[one["path"]] == PDF
    assert "凭证.pdf" in unpacked(hall, filed)["index.html"].decode()


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ('a<script>:"|?*.pdf', "files/01-a_script______.pdf"),
        ("run.bat", "files/01-run.bat.pdf"),
        ("x" * 255, "files/01-" + "x" * 96 + ".pdf"),
        ("照" * 251 + ".pdf", "files/01-" + "照" * 78 + ".pdf"),
        ("😀" * 200 + ".jpeg", "files/01-" + "😀" * 58 + ".jpeg"),
        ("dots. . .", "files/01-dots.pdf"),
        ("report v1.2", "files/01-report v1.2.pdf"),
        ("关于处理的说明3.5节", "files/01-关于处理的说明3.5节.pdf"),
        (".hidden", "files/01-.hidden.pdf"),
        ("list.7z", "files/01-list.7z"),
    ],
)
def test_no_name_leads_out_of_the_folder_or_starts_a_program(
    hall: Organisation, filed: str, name: str, path: str
) -> None:
    given(hall, filed, "document", name=name)
    asked(hall, filed)
    assert [one for one in unpacked(hall, filed) if one.startswith("files/")] == [path]
    assert len(path.removeprefix("files/").encode()) <= NAME_MAX


def test_a_text_of_the_case_is_no_markup_of_the_page(hall: Organisation, filed: str) -> None:
    given(hall, filed, "document", name="<img src=x onerror=alert(1)>.pdf".replace("/", ""))
    asked(hall, filed)
    assert "<img" not in unpacked(hall, filed)["index.html"].decode()


def test_a_file_that_the_organisation_adds_comes_without_metadata(hall: Organisation, filed: str) -> None:
    given(hall, filed, "photo", image(), "image/jpeg", auth=hall.auth("owner"))
    asked(hall, filed)
    [one] = document(hall, filed)["files"]
    assert (one["name"], one["copies"]) == (None, ["shown", "thumbnail"])
    content = unpacked(hall, filed)[one["path"]]
    assert (content == image(), hashlib.sha256(content).hexdigest()) == (False, one["copied_sha256"])


def test_a_refused_file_is_listed_with_its_reason_and_is_not_in_it(hall: Organisation, filed: str) -> None:
    given(hall, filed, "document", EICAR)
    asked(hall, filed)
    [one] = document(hall, filed)["files"]
    assert (one["state"], one["reason"], one["path"]) == ("refused", "type", None)


def test_a_file_for_which_there_is_no_room_is_named_with_the_way_to_it(
    hall: Organisation, filed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(enclosed, "ROOM", len(PDF) * 2 - 1)
    first, second = (given(hall, filed, "document", PDF + bytes([one]) * one) for one in (0, 1))
    answer = asked(hall, filed)
    assert (answer.json["files"], answer.json["left_out"]) == (1, [second["id"]])
    assert [one["path"] for one in document(hall, filed)["files"]] == ["files/01-文件.pdf", None]
    assert f"/t/{hall.id}/case/{filed}" in unpacked(hall, filed)["index.html"].decode()
    assert first["id"] != second["id"]


def test_the_read_log_has_each_copy(hall: Organisation, filed: str) -> None:
    asked(hall, filed)
    asked(hall, filed)
    reads = hall.get(f"/complaints/{filed}/reads", "owner")["reads"]
    route = "POST /v1/t/{tenant}/complaints/{number}/copy"
    assert [(one["by"], one["route"]) for one in reads] == [("complainant", route)] * 2
    assert {*reads[0]["classes"]} >= {"complainant", "content"}


def test_above_the_limit_it_is_refused_with_the_name_of_the_limit(
    hall: Organisation, world: InProcess, filed: str
) -> None:
    statuses = [asked(hall, filed).status for _ in range(give.AN_HOUR)]
    refused = asked(hall, filed)
    assert statuses == [201] * give.AN_HOUR
    assert (refused.status, refused.json["limit"], refused.json["most"]) == (429, "copies_of_a_case", give.AN_HOUR)
    assert int(refused.headers["Retry-After"]) > 0
    assert len(stored(hall, filed)) == give.AN_HOUR
    world.fakes.real_clock.now += HOUR
    assert asked(hall, filed).status == 201


def test_another_case_has_a_limit_of_its_own(hall: Organisation, filed: str) -> None:
    for _ in range(give.AN_HOUR):
        asked(hall, filed)
    assert asked(hall, hall.file()).status == 201


def test_a_wrong_receipt_gets_no_copy_and_uses_none_up(hall: Organisation, filed: str) -> None:
    other = hall.file()
    answers = [asked(hall, filed, hall.auth("complainant", other)) for _ in range(give.AN_HOUR)]
    assert {one.status for one in answers} == {404}
    assert stored(hall, filed) == []
    assert asked(hall, filed).status == 201


def test_members_get_no_copy(hall: Organisation, filed: str) -> None:
    assert asked(hall, filed, hall.auth("owner")).status == 401
