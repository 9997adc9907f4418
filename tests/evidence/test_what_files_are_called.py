"""Names of files over HTTP: what no name can be is refused at its place, and what is odd but good is kept as it is."""

from __future__ import annotations

import pytest

from tests.api.untouched import in_process, refused, untouched
from tests.clauses.giving import declared, given
from tests.clauses.organisation import Organisation


@pytest.fixture
def number(company: Organisation) -> str:
    return company.file()


BAD = {
    "300 characters": "x" * 300,
    "300 characters of Chinese": "照" * 296 + ".pdf",
    "an end that reads as another": "bill\u202efdp.exe",
    "a direction that is isolated": "bill\u2066.pdf\u2069",
    "a mark of direction": "\u200fbill.pdf",
    "the parent": "..",
    "the place itself": ".",
    "dots": "....",
    "a path upward": "../../etc/passwd",
    "a path upward on Windows": "..\\..\\boot.ini",
    "a path from the root": "/etc/passwd",
    "a path from a drive": "C:\\boot.ini",
    "a folder": "bills/bill.pdf",
    "a null": "bill.pdf\x00.exe",
    "a line's end": "bill\r\nSet-Cookie: a=b",
    "an escape": "\x1b[31mbill.pdf",
    "nothing that is seen": "\u200b\u200b",
}


@pytest.mark.parametrize("what", BAD)
def test_what_is_no_name_is_refused_at_its_place_and_nothing_is_written(
    company: Organisation, number: str, what: str
) -> None:
    with untouched(company):
        refused(declared(company, number, "document", name=BAD[what]), 422, "invalid", "/name")


@pytest.mark.parametrize(
    "name", ["x" * 255, ".hidden", "a..b", "%2e%2e%2f", "${filename}", "{number}", "照片 (1).pdf", "שלום.pdf"]
)
def test_what_only_looks_odd_is_kept_as_it_is(company: Organisation, number: str, name: str) -> None:
    evidence = given(company, number, "document", name=name)

    link = company.get(f"/complaints/{number}/evidence/{evidence['id']}/link", "agent")

    assert link["name"] == name


@pytest.mark.parametrize("name", ["%2e%2e%2f", "${filename}", "T"])
def test_no_name_has_a_part_in_any_objects_key(company: Organisation, number: str, name: str) -> None:
    evidence = given(company, number, "document", name=name)

    assert in_process(company).fakes.objects.present() == {f"T/{company.id}/sealed/{number}/{evidence['id']}"}
