"""Links of a document that a person follows: to the web, to a mail address, or to a place in the document."""

from __future__ import annotations

import pytest

from tests.evidence.hostile.checks import passes, refused
from tests.helpers.fakes.archives import TABLE, field, office, relationship
from tests.helpers.fakes.files import WORD

FOLLOWED = [
    *("https://example.com/a.exe?b#c", "HTTP://例子.中国/", "mailto:a@example.com?subject=b", "tel:+860000", "#表1!A1"),
    " https://example.com/a b",
]
REFUSED = {
    "a file": "file:///C:/run.exe",
    "a file of a share": "file://host/share/run.exe",
    "a file, in capitals": "FILE://host/a",
    "a share": "\\\\host\\share",
    "a share with other slashes": "//host/share",
    "a share with a slash of each kind": "/\\host/share",
    "a share after a sign that is not shown": "\u200b\\\\host\\share",
    "a device": "\\\\?\\UNC\\host\\share",
    "a share as a place": "#\\\\host\\share",
    "a file as a place": "#[file://host/a.xlsx]Sheet1!A1",
    "a path": "C:\\run.exe",
    "a file in the same folder": "run.exe",
    "a file in another folder": "../run.exe",
    "a script": "javascript:alert(1)",
    "a script in two lines": "java\nscript:alert(1)",
    "a script in full width": "ｊａｖａｓｃｒｉｐｔ：alert(1)",
    "data": "data:text/html,a",
    "a program's own scheme": "ms-msdt:/id PCWDiagnostic",
    "a document of Word": "ms-word:ofe|u|https://example.com/a.docm",
    "a search for files": "search-ms:query=a&crumb=location:\\\\host\\share",
    "a scheme like one that is allowed": "https.evil:a",
    "a folder of programs": "ftp://host/",
    "no scheme": "://host/share",
}
"""Neither WPS nor Office asks before they open some of these."""


def escaped(address: str) -> str:
    return address.replace("&", "&amp;").replace("\n", "&#10;").replace('"', "&quot;")


def linked(address: str) -> bytes:
    return office(relationships=relationship("hyperlink", escaped(address), "External"))


def in_field(address: str) -> bytes:
    quoted = address.replace("\\", "\\\\")
    return office(body=field(f' HYPERLINK "{escaped(quoted)}" \\o "tip" '))


def in_formula(address: str) -> bytes:
    return office(body=f"<t:f xmlns:t='{TABLE}'>HYPERLINK(&quot;{escaped(address)}&quot;,A1)</t:f>")


def before_all(address: str) -> bytes:
    kind = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
    content = f"<Properties><HyperlinkBase>{escaped(address)}</HyperlinkBase></Properties>"
    return office({"docProps/app.xml": (kind, content.encode())})


def of_drawing(address: str) -> bytes:
    return office(body=f'<v:shape href="{escaped(address)}"/>')


def not_valid(address: str) -> bytes:
    return office(body=f'<a:hlinkClick invalidUrl="{escaped(address)}"/>')


WAYS = {
    "relationship": linked,
    "field": in_field,
    "formula": in_formula,
    "base": before_all,
    "drawing": of_drawing,
    "not valid": not_valid,
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("what", REFUSED)
def test_a_link_that_leads_elsewhere_is_refused(way: str, what: str) -> None:
    assert refused(WAYS[way](REFUSED[what]), WORD) == "link"


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("address", FOLLOWED)
def test_a_link_to_the_web_or_into_the_document_passes(way: str, address: str) -> None:
    assert passes(WAYS[way](address), WORD)


PLACES = [
    "[\\\\host\\a.xlsx]Sheet1!A1",
    "file:a",
    "FILE:///a",
    "javascript:1",
    "java\nscript:1",
    "data:a",
    "ms-msdt:/id",
]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", ["location", "docLocation"])
def test_a_place_elsewhere_is_refused(name: str, place: str) -> None:
    assert refused(office(body=f'<w:hyperlink {name}="{escaped(place)}"/>'), WORD) == "link"


@pytest.mark.parametrize("address", ["www.example.com", "WWW.example.com:8080/a?b#c", "www.例子.中国"])
def test_a_field_may_leave_out_the_scheme_of_the_web(address: str) -> None:
    assert passes(in_field(address), WORD)


@pytest.mark.parametrize("address", ["example.com", "www.a", "www.example.com\\a", "www.../a.exe", "wwwexample.com"])
def test_a_field_with_another_address_without_a_scheme_is_refused(address: str) -> None:
    assert refused(in_field(address), WORD) == "link"
