"""Files of a stranger that would load or start something for the person who opens them. None becomes available."""

from __future__ import annotations

import pytest

from tests.clauses.giving import given
from tests.clauses.offices.company import company_in
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.helpers.fakes.archives import TABLE, field, office, relationship
from tests.helpers.fakes.files import SHEET, WORD
from tests.helpers.fakes.pdfs import CATALOG, PAGE, pdf
from tests.kernel.web.untouched import in_process

SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml."
THREAD = b"<</S/Thread/D 0/F(\\\\\\\\host\\\\a.pdf)>>"
URI = b"<</S/URI/URI(https://example.com/who)>>"


def formula(text: str, element: str = "f") -> bytes:
    part = (f"{SHEETS}worksheet+xml", f"<a xmlns='{TABLE}'><{element}>{text}</{element}></a>".encode())
    return office({"xl/worksheets/sheet1.xml": part}, main=f"{SHEETS}sheet.main+xml")


ATTACKS: dict[str, tuple[bytes, str, str]] = {
    "a field with a file": (office(body=field(' HYPERLINK "file:///C:/run.exe" ')), WORD, "link"),
    "a field with a share": (office(body=field(' HYPERLINK "\\\\\\\\host\\\\share" ')), WORD, "link"),
    "a field with a script": (office(body=field(' HYPERLINK "javascript:alert(1)" ')), WORD, "link"),
    "a field with a remote text": (office(body=field(' INCLUDETEXT "https://example.com/a" ')), WORD, "field"),
    "a field with a program": (office(body=field(' DDEAUTO cmd "/k calc" ')), WORD, "field"),
    "a link to a share": (office(relationships=relationship("hyperlink", "\\\\host\\a", "External")), WORD, "link"),
    "a formula of the web": (formula("_xlfn.WEBSERVICE(A1)"), SHEET, "formula"),
    "a formula of the web as an argument": (formula("_xlfn.MAP(A1:A9,_xleta.WEBSERVICE)"), SHEET, "formula"),
    "a formula of a column": (formula("WEBSERVICE(A1)", "calculatedColumnFormula"), SHEET, "formula"),
    "a formula of a database": (formula('SQL.REQUEST("DSN=a",A1)'), SHEET, "formula"),
    "a formula of a program": (formula("'cmd'|'/C calc'!A0"), SHEET, "formula"),
    "an article when the PDF opens": (
        pdf(catalog=CATALOG[:-2] + b"/OpenAction %s>>" % THREAD),
        "application/pdf",
        "action",
    ),
    "a link when the PDF opens": (pdf(catalog=CATALOG[:-2] + b"/OpenAction %s>>" % URI), "application/pdf", "action"),
    "a link when a page opens": (pdf(page=PAGE[:-2] + b"/AA<</O %s>>>>" % URI), "application/pdf", "action"),
}
"""The content, its media type, and the reason of its refusal."""


@pytest.fixture
def company() -> Organisation:
    return company_in(InProcess("2026-11-27T09:00:00+08:00"))


@pytest.mark.parametrize("what", ATTACKS)
def test_a_file_that_would_act_is_refused_and_deleted(company: Organisation, what: str) -> None:
    content, media_type, reason = ATTACKS[what]

    evidence = given(company, company.file(), "document", content, media_type)

    assert (evidence["state"], evidence["reason"]) == ("refused", reason)
    assert in_process(company).fakes.objects.present() == set()
