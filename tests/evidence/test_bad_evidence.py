"""Invalid declarations of evidence, and uploads without a declaration."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.features.evidence import file_limits
from tests.clauses.offices import bureau as at_bureau
from tests.clauses.offices.bureau import bureau_in
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess, sha256
from tests.kernel.web.untouched import in_process, refused, untouched

PART = file_limits.PART
FILE: dict[str, Any] = {
    "kind": "photo",
    "name": "照片.jpg",
    "size": 3,
    "media_type": "image/jpeg",
    "sha256": sha256(b"abc"),
}


@pytest.fixture
def number(company: Organisation) -> str:
    return company.file()


def declare(company: Organisation, number: str, auth: str | None = None, **changes: Any) -> Any:
    path = f"{company.path}/complaints/{number}/evidence"
    return company.world.call("POST", path, {**FILE, **changes}, auth=auth or company.auth("complainant", number))


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"size": 0}, "/size"),
        ({"size": -1}, "/size"),
        ({"size": 100 * 1024 * 1024 + 1, "parts": ["0" * 64] * 7}, "/size"),
        ({"parts": ["0" * 64]}, "/parts"),
        ({"size": PART, "parts": ["0" * 64]}, "/parts"),
        ({"size": PART + 1, "parts": ["0" * 64]}, "/parts"),
        ({"size": PART + 1, "parts": ["0" * 64, "x" * 64]}, "/parts"),
        ({"size": 1.5}, "/size"),
        ({"size": "3"}, "/size"),
        ({"media_type": "text/html"}, "/media_type"),
        ({"media_type": "image/svg+xml"}, "/media_type"),
        ({"media_type": "x"}, "/media_type"),
        ({"sha256": "x" * 64}, "/sha256"),
        ({"sha256": "0" * 63}, "/sha256"),
        ({"sha256": "A" * 64}, "/sha256"),
        ({"name": ""}, "/name"),
        ({"name": "  "}, "/name"),
        ({"name": "x" * 256}, "/name"),
        ({"name": "a\nb"}, "/name"),
        ({"name": None}, "/name"),
        ({"kind": ""}, "/kind"),
        ({"kind": []}, "/kind"),
    ],
)
def test_an_invalid_file_is_named_and_gets_no_ticket(
    company: Organisation, number: str, change: dict[str, Any], pointer: str
) -> None:
    with untouched(company):
        answer = declare(company, number, **change)

    refused(answer, 422, "invalid", pointer)


def test_without_the_receipt_nothing_is_declared(company: Organisation, number: str) -> None:
    with untouched(company):
        refused(declare(company, number, auth="Receipt wrong"), 404, "complaint-unknown")


def test_a_closed_case_accepts_no_evidence() -> None:
    bureau = bureau_in(InProcess("2026-09-23T09:00:00+08:00"))
    number = at_bureau.filed(bureau)
    bureau.act(number, "information_centre", "refuse", ground="no_facts")

    with untouched(bureau):
        refused(declare(bureau, number), 409, "act-not-open")


@pytest.mark.parametrize("id_", ["x", "0" * 32, "..", "%2e%2e", "S"])
def test_evidence_that_does_not_exist_is_404(company: Organisation, number: str, id_: str) -> None:
    path = f"{company.path}/complaints/{number}/evidence/{id_}"

    refused(company.world.call("GET", path, auth=company.auth("complainant", number)), 404, "not-found")


@pytest.mark.parametrize(
    "key", ["", "x", "T/{tenant}/quarantine/{number}/" + "0" * 32, "T/other/quarantine/{number}/" + "0" * 32, "T/../x"]
)
def test_an_undeclared_upload_changes_nothing(company: Organisation, number: str, key: str) -> None:
    named = key.replace("{tenant}", company.id).replace("{number}", number)

    with untouched(company):
        in_process(company).announce(named, "v1", 3)


def test_an_upload_of_another_size_is_rejected(company: Organisation, number: str) -> None:
    ticket = declare(company, number).json["ticket"]

    with untouched(company):
        company.world.upload(ticket, b"abcd")


def test_an_upload_that_is_announced_twice_is_recorded_once(company: Organisation, number: str) -> None:
    ticket = declare(company, number).json["ticket"]
    company.world.upload(ticket, b"abc")

    with untouched(company):
        company.world.upload(ticket, b"abc")


def test_a_kind_is_never_free_text_because_the_record_shows_it() -> None:
    company = sign_up(InProcess("2026-11-27T09:00:00+08:00"), "corporate-standard")
    number = company.file()
    body = {"kind": "某人 住某路", "name": "a.png", "size": 10, "media_type": "image/png", "sha256": "a" * 64}

    answer = company.world.call(
        "POST", f"{company.path}/complaints/{number}/evidence", body, auth=company.auth("complainant", number)
    )

    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, "/kind")
