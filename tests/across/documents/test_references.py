"""No document, docstring or comment refers to a file, symbol, anchor or clause that does not exist."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.across.documents import references
from tests.across.documents.references import ROOT

FILES = (*references.documents(), *references.tracked("*.py"))
CLAUSES = ROOT / "docs" / "clauses.md"


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def in_prose(dangling: set[tuple[str, str]], read: Callable[[str], Iterator[str]]) -> list[tuple[str, str]]:
    """Those in documents, docstrings and comments. Tokenizing all code to find them takes seconds."""
    return sorted((file, one) for file, one in dangling if one in set(read(references.prose(ROOT / file))))


def test_every_path_in_code_type_exists() -> None:
    found = {(name(file), path) for file in FILES for path in references.paths(file.read_text("utf-8"))}
    assert len(found) > 200
    dangling = {each for each in found if not references.leads_to_a_file(each[1], ROOT / each[0])}
    assert in_prose(dangling, references.paths) == []


def test_every_symbol_in_code_type_is_defined() -> None:
    found = {(name(file), symbol) for file in FILES for symbol in references.symbols(file.read_text("utf-8"))}
    assert len(found) > 20
    dangling = {each for each in found if not references.is_defined(each[1])}
    assert in_prose(dangling, references.symbols) == []


def test_every_link_leads_to_a_file_and_a_heading_of_it() -> None:
    dangling = []
    for page in references.documents():
        for linked, anchor in references.links(page):
            target = (page.parent / linked) if linked else page
            if not target.exists() or (anchor and anchor not in references.anchors(target)):
                dangling.append((name(page), f"{linked}#{anchor}"))
    assert dangling == []


@pytest.mark.slow
def test_every_clause_code_is_explained() -> None:
    explained = set(re.findall(r"^\| ((?:P\d|X)\.\d+) \|", CLAUSES.read_text("utf-8"), re.MULTILINE))
    texts = references.tracked("*.py", "*.md", "chalicelib/*.yaml", "docs/*.yaml", "infra/*.yaml", "tests/*.yaml")
    used = {(code, name(file)) for file in texts for code in references.clauses(file)}
    assert len(explained) > 80
    assert sorted(place for place in used if place[0] not in explained) == []


def test_every_clause_is_proved_where_its_row_says() -> None:
    rows = re.findall(r"^\| ((?:P\d|X)\.\d+) \|.*$", CLAUSES.read_text("utf-8"), re.MULTILINE)
    lines = [line for line in CLAUSES.read_text("utf-8").splitlines() if re.match(r"\| (?:P\d|X)\.\d", line)]
    unproved = []
    for code, line in zip(rows, lines, strict=True):
        prefix = "def test_" + code.lower().replace("x.", "x").replace(".", "_") + "_"
        files = re.findall(r"`(tests/[\w/]+\.py)`", line)
        unproved += [(code, file) for file in files if prefix not in (ROOT / file).read_text("utf-8")]
    assert unproved == []


def test_nothing_refers_to_a_document_outside_the_repository() -> None:
    outside = re.compile("design " + "§|\\.\\./" + "shared")
    texts = references.tracked("*.py", "*.md", "*.yaml", "Makefile", "*.toml")
    assert sorted(name(file) for file in texts if outside.search(file.read_text("utf-8"))) == []
