"""A table of people to invite, as a CSV file from a spreadsheet: read, with the line and the column of each fault.

Spreadsheets in China save CSV in GB 18030, others in UTF-8 with a byte order mark; both are read. The first line names
the columns, in Chinese or English. Roles and units are given by their names, or by what people read.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import msgspec

from chalicelib.kit import catalogue
from chalicelib.kit.csv_text import csv_rows
from chalicelib.kit.email_address import EMAIL_PATTERN, MAX_ADDRESS_LENGTH, normalised
from chalicelib.kit.problem import InBoth, Place, Problem, Text
from chalicelib.kit.web_addresses.search import has_any
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.tenants.names import OWNER, RESPONDENT
from chalicelib.tenants.organisation import Organisation
from chalicelib.tenants.people.membership import StoredGrant

MOST_ROWS = 50
"""People of one table: inviting takes a part of a second each, and the API answers within 28 seconds."""
MOST_BYTES = 64 * 1024
_COLUMNS = ("email", "name", "roles", "unit", "language")
_LANGUAGES = ("zh", "en")
_NEEDED = ("email", "name", "roles")
_WORDS = "invitation_table"
"""The section of the catalogue with the names of columns and languages, each with `|` between several."""
_BETWEEN = re.compile(r"[;；、|]")
_LONGEST_NAME = 120


class TableRow(msgspec.Struct, frozen=True, kw_only=True):
    """A person to invite. `line`: of the file, from 1."""

    line: int
    email: str
    name: str
    grants: list[StoredGrant]
    language: str | None = None


class Known(msgspec.Struct, frozen=True):
    """What a cell can name: by the text in lower case, the role or unit."""

    roles: Mapping[str, str]
    units: Mapping[str, str]


def decoded(content: str) -> bytes:
    """Of Base64. Raises `Problem("invalid")` for what is no such text, and for a file that is too large."""
    try:
        found = base64.b64decode(content, validate=True)
    except (binascii.Error, ValueError):
        raise _refused(Place("/file", "is no Base64")) from None
    if len(found) > MOST_BYTES:
        raise _refused(Place("/file", Text("the file may have at most {most} KiB", most=MOST_BYTES // 1024)))
    return found


def known_names(organisation: Organisation, document: PolicyDocument) -> Known:
    """A text that means two roles or two units means none."""
    roles = [(role, (role, label.zh, label.en)) for role, label in document.people.items()]
    units = [(name, (name, unit.name)) for name, unit in organisation.units.items()]
    reserved = [(role, (role, *_in_both(catalogue.texts("pages")[f"role.{role}"]))) for role in (OWNER, RESPONDENT)]
    return Known(_by_text([*reserved, *roles]), _by_text(units))


def _in_both(text: InBoth) -> list[str]:
    return [one for written in (text.en, text.zh) for one in written.split("|")]


@cache
def _meant(kind: str, names: tuple[str, ...]) -> dict[str, str]:
    """By what a cell can say: the column or language of this kind."""
    texts = catalogue.texts(_WORDS)
    return {said.casefold(): name for name in names for said in (name, *_in_both(texts[f"{kind}.{name}"]))}


def sample(language: str, person: str, role: str) -> str:
    """A table with one row."""
    words = catalogue.words(_WORDS, language)
    header = [words[f"column.{name}"].partition("|")[0] for name in _NEEDED]
    return "\n".join([",".join(header), ",".join(["li.ming@example.com", person, role])])


def _by_text(named: Sequence[tuple[str, Sequence[str]]]) -> dict[str, str]:
    found: dict[str, str] = {}
    doubtful: set[str] = set()
    for name, texts in named:
        for text in {one.strip().casefold() for one in texts if one}:
            doubtful |= {text} if found.setdefault(text, name) != name else set()
    ids = {name.casefold(): name for name, _ in named}
    return {**{text: name for text, name in found.items() if text not in doubtful}, **ids}


def read(content: bytes, known: Known) -> list[TableRow]:
    """Raises `Problem("invalid")` at `/file`, with the line and the column of each fault, from 1."""
    lines = _lines(_text(content))
    if not lines:
        raise _refused(Place("/file", "the table has no rows"))
    columns = _columns(lines[0])
    rows = [(number, line) for number, line in enumerate(lines[1:], start=2) if any(cell.strip() for cell in line)]
    if not rows:
        raise _refused(Place("/file", "the table has no rows"))
    if len(rows) > MOST_ROWS:
        raise _refused(Place("/file", Text("the table may name at most {most} people", most=MOST_ROWS)))
    faults: list[Place] = []
    found = [_row(_TableLine(number, columns, cells, faults), known) for number, cells in rows]
    faults += _repeated(found, columns)
    if faults:
        raise _refused(*sorted(faults, key=lambda one: int(one.more["line"])))
    return found


def _text(content: bytes) -> str:
    """UTF-8 comes first: what is valid UTF-8 is hardly ever meant as GB 18030."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("gb18030")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line, column = before.count(b"\n") + 1, error.start - (before.rfind(b"\n") + 1) + 1
        raise _refused(_at(line, column, "this byte is neither UTF-8 nor GB 18030")) from None


def _lines(text: str) -> list[list[str]]:
    if "\x00" in text:
        raise _refused(Place("/file", "this is no text: save the table as CSV"))
    try:
        return csv_rows(text)
    except ValueError:
        raise _refused(Place("/file", "a cell begins with a quotation mark that does not end")) from None


def _columns(header: Sequence[str]) -> dict[str, int]:
    """By the name of a column: its place."""
    named = _meant("column", _COLUMNS)
    found: dict[str, int] = {}
    faults: list[Place] = []
    for at, cell in enumerate(header):
        name = named.get(cell.strip().casefold())
        if name is None:
            faults.append(_at(1, at + 1, Text("no column is named “{name}”", name=cell.strip()[:40])))
        elif name in found:
            faults.append(_at(1, at + 1, "the column is there twice"))
        else:
            found[name] = at
    missing = [name for name in _NEEDED if name not in found]
    faults += [_at(1, len(header) + 1, Text("the column “{name}” is missing", name=name)) for name in missing]
    if faults:
        raise _refused(*faults)
    return found


class _TableLine(msgspec.Struct, frozen=True):
    """A line of the table below the first one, and the faults that were found in it and in others."""

    number: int
    columns: Mapping[str, int]
    cells: Sequence[str]
    faults: list[Place]

    def text(self, name: str) -> str:
        at = self.columns.get(name)
        return "" if at is None or at >= len(self.cells) else self.cells[at].strip()

    def fault(self, name: str, detail: str) -> None:
        column = self.columns.get(name, len(self.columns)) + 1
        self.faults.append(_at(self.number, column, detail))


def _row(line: _TableLine, known: Known) -> TableRow:
    if any(one.strip() for one in line.cells[len(line.columns) :]):
        line.faults.append(_at(line.number, len(line.columns) + 1, "the line has more cells than the first one"))
    _check_person(line)
    language = line.text("language").casefold()
    if language and language not in _meant("language", _LANGUAGES):
        line.fault("language", "must be zh or en")
    return TableRow(
        line=line.number,
        email=line.text("email"),
        name=line.text("name"),
        grants=_grants(line, known),
        language=_meant("language", _LANGUAGES).get(language),
    )


def _grants(line: _TableLine, known: Known) -> list[StoredGrant]:
    unit = known.units.get(line.text("unit").casefold()) if line.text("unit") else None
    if line.text("unit") and unit is None:
        line.fault("unit", "the organisation has no such unit")
    texts = [text for one in _BETWEEN.split(line.text("roles")) if (text := one.strip())]
    if not texts:
        line.fault("roles", "is missing")
    roles = [known.roles.get(text.casefold()) for text in texts]
    if None in roles:
        line.fault("roles", "the procedure has no such role")
    if RESPONDENT in roles and not line.text("unit"):
        line.fault("unit", "a respondent's role is for one unit")
    return [StoredGrant(role, None if role == OWNER else unit) for role in roles if role is not None]


def _check_person(line: _TableLine) -> None:
    email, name = line.text("email"), line.text("name")
    if not email:
        line.fault("email", "is missing")
    elif len(email) > MAX_ADDRESS_LENGTH or re.fullmatch(EMAIL_PATTERN, email) is None:
        line.fault("email", "is no mail address")
    if not name:
        line.fault("name", "is missing")
    elif len(name) > _LONGEST_NAME or re.search(r"[\x00-\x1f\x7f\u2028\u2029]", name):
        line.fault("name", "must be one line of at most 120 characters")
    elif has_any(name):
        line.fault("name", "must not contain a web address")


def _repeated(rows: Sequence[TableRow], columns: Mapping[str, int]) -> Iterator[Place]:
    lines: dict[str, int] = {}
    for row in rows:
        first = lines.setdefault(normalised(row.email), row.line)
        if row.email and first != row.line:
            yield _at(row.line, columns["email"] + 1, Text("is in line {first} already", first=first))


def _at(line: int, column: int, detail: str) -> Place:
    return Place("/file", detail, more={"line": line, "column": column})


def _refused(*places: Place) -> Problem:
    return Problem("invalid", "The table cannot be read.", places=list(places))
