"""Names of files over HTTP: invalid names are refused, unusual but valid ones are kept unchanged."""

from __future__ import annotations

import pytest

from tests.clauses.giving import declared, given
from tests.clauses.organisation import Organisation
from tests.kernel.web.untouched import in_process, refused, untouched


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
def test_an_invalid_name_is_refused_and_nothing_is_written(company: Organisation, number: str, what: str) -> None:
    with untouched(company):
        refused(declared(company, number, "document", name=BAD[what]), 422, "invalid", "/name")


@pytest.mark.parametrize(
    "name", ["x" * 255, ".hidden", "a..b", "%2e%2e%2f", "${filename}", "{number}", "照片 (1).pdf", "שלום.pdf"]
)
def test_an_unusual_but_valid_name_is_kept_unchanged(company: Organisation, number: str, name: str) -> None:
    evidence = given(company, number, "document", name=name)

    link = company.get(f"/complaints/{number}/evidence/{evidence['id']}/link", "agent")

    assert link["name"] == name


@pytest.mark.parametrize("name", ["%2e%2e%2f", "${filename}", "T"])
def test_object_keys_do_not_contain_file_names(company: Organisation, number: str, name: str) -> None:
    evidence = given(company, number, "document", name=name)

    assert in_process(company).fakes.objects.present() == {f"T/{company.id}/sealed/{number}/{evidence['id']}"}


@pytest.mark.parametrize(
    ("name", "saved"),
    [("run.bat", "run.bat.pdf"), ("bill.pdf.EXE", "bill.pdf.EXE.pdf"), ("a.js. ", "a.js. .pdf"), ("a.jsx", "a.jsx")],
)
def test_a_file_is_not_saved_as_a_program(company: Organisation, number: str, name: str, saved: str) -> None:
    evidence = given(company, number, "document", name=name)

    assert company.get(f"/complaints/{number}/evidence/{evidence['id']}/link", "agent")["name"] == saved
