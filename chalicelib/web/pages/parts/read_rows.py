"""The rows of a read log on pages: who saw which private values, and where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from chalicelib.casework.views.read_log import ReadView
from chalicelib.web.pages.labels import CaseLabels
from chalicelib.web.pages.times import time_text


class ReadRow(msgspec.Struct, frozen=True, kw_only=True):
    """`instead_of`: the absent person whose grant the reader used. `where`: on which page, or by which request."""

    at: str
    who: str
    role: str
    instead_of: str
    what: str
    where: str


def people_in(reads: Sequence[ReadView]) -> set[str]:
    return {sub for one in reads for sub in (one.by, one.on_behalf_of) if sub}


def row_of(one: ReadView, names: Mapping[str, str], labels: CaseLabels) -> ReadRow:
    """`names`: of members, by id."""
    reader = labels.reader
    return ReadRow(
        at=time_text(labels.policy.calendar, reader, one.at),
        who=names.get(one.by) or reader.text("desk_reads.unknown"),
        role=labels.role(one.role),
        instead_of="" if one.on_behalf_of is None else names.get(one.on_behalf_of) or reader.text("desk_reads.unknown"),
        what=labels.joined([reader.of_code("desk_reads.class.", name) for name in one.classes]),
        where=_where(one, labels),
    )


def _where(one: ReadView, labels: CaseLabels) -> str:
    """By the end of the route's path."""
    end = one.route.rpartition("/")[2].strip("{}")
    return labels.reader.of_code("desk_reads.where.", "file" if one.evidence is not None else end)
