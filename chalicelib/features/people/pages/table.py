"""The form of invitations from a table: first what would become of each row, then the invitations."""

from __future__ import annotations

import base64
import uuid
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from chalicelib.features.people import invite_many
from chalicelib.features.people.invitation_table import MOST_ROWS, sample
from chalicelib.features.people.invite_many import InvitationTable, InvitedTable
from chalicelib.features.people.pages import frame
from chalicelib.features.people.pages.frame import PEOPLE
from chalicelib.kit.problem import Place, Problem
from chalicelib.web import languages
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import owner_command, sub_of
from chalicelib.web.pages import kept_forms
from chalicelib.web.pages.answers import Answers, request_of
from chalicelib.web.pages.desk import Desk, desk_form, desk_page
from chalicelib.web.pages.inputs import InputFault
from chalicelib.web.pages.reader import KeptQuery, Reader

if TYPE_CHECKING:
    from chalicelib.web.api import Api

_BELOW = "/import"


class CheckedRow(msgspec.Struct, frozen=True, kw_only=True):
    line: int
    email: str
    name: str
    grants: list[str]
    becomes: str
    problem: str


def register(api: Api) -> None:
    @desk_page(api, PEOPLE + _BELOW, "The form of invitations from a table", query=KeptQuery)
    def get_desk_import(call: Call) -> Reply:
        desk = frame.people_desk(call)
        kept = frame.kept(desk, _BELOW)
        return _page(desk, kept.answers, kept.faults)

    @desk_form(api, PEOPLE + _BELOW, "Check a table of people, or invite them", weight=30)
    def post_desk_import(call: Call) -> Reply:
        desk, given = frame.people_desk(call), Answers(call.body)
        key, runs = frame.key_of(given), given.one("go") == "do"
        file = given.one("file") or base64.b64encode(given.one("table").encode()).decode()
        command = replace(owner_command(call), request=request_of(call, given, sub_of(call), {"file": file}))
        try:
            found = invite_many.invite_many(call.wiring, command, InvitationTable(file=file, run=runs))
        except Problem as problem:
            say = partial(_faults, problem)
            path = frame.page_path(desk, _BELOW)
            return kept_forms.again(call, path, given, say) or _page(desk, given, say(desk.reader), status=422)
        values = {"rows": _rows(desk, found), "ran": found.ran, "file": file, "key": key}
        return desk.page("people/import_checked.html", {**values, "new": _new(found)})


def _new(found: InvitedTable) -> int:
    return sum(one.becomes == "invited" for one in found.rows)


def _rows(desk: Desk, found: InvitedTable) -> list[CheckedRow]:
    return [
        CheckedRow(
            line=one.line,
            email=one.email,
            name=one.name,
            grants=[frame.grant_text(desk, grant) for grant in one.grants],
            becomes=one.becomes,
            problem=one.problem or "",
        )
        for one in found.rows
    ]


def _faults(problem: Problem, reader: Reader) -> list[InputFault]:
    """At the table. Raises the problem again if it is about something else."""
    if problem.kind not in ("invalid", "quota-exceeded"):
        raise problem
    if not problem.places:
        return [InputFault("table", languages.say(problem.text, reader.language))]
    return [InputFault("table", _said(place, reader)) for place in problem.places]


def _said(place: Place, reader: Reader) -> str:
    """With the line and the column of the place."""
    detail = languages.say(place.text, reader.language)
    return reader.text("people.at_cell", **place.more, detail=detail) if "line" in place.more else detail


def _page(desk: Desk, typed: Answers, faults: Sequence[InputFault], *, status: int = 200) -> Reply:
    reader, roles = desk.reader, frame.role_choices(desk)
    values = {
        "sample": sample(reader.language, reader.text("people.import_person"), roles[0].label),
        "typed": typed,
        "faults": faults,
        "roles": roles,
        "units": frame.unit_choices(desk),
        "most": MOST_ROWS,
        "key": str(uuid.uuid4()),
    }
    return desk.page("people/import.html", values, status=status)
