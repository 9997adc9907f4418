"""What a member has chosen on the queue, and the form of an act for it, made from the first complaints."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any, Literal

import msgspec
from msgspec.structs import replace

from chalicelib.casework import queue_row, snapshot
from chalicelib.casework.views import complaint_queries
from chalicelib.casework.views.complaint_queries import ComplaintRequest, VisibleComplaint
from chalicelib.features.bulk.order import MOST_NUMBERS, BulkFilter, BulkOrder
from chalicelib.features.bulk.performing import PERFORMERS
from chalicelib.features.handling import forms_of_acts
from chalicelib.features.handling.desk import act_form
from chalicelib.features.handling.forms_of_acts import ActFormView
from chalicelib.features.text_blocks import insertion
from chalicelib.features.text_blocks.pages import in_form
from chalicelib.features.text_blocks.pages.in_form import TextsOfForm
from chalicelib.features.worklists.desk_queue import TABS, Tab, Viewer
from chalicelib.features.worklists.staff_queue import kept, shown_rows
from chalicelib.kit.decoding import extended_by
from chalicelib.kit.problem import Problem
from chalicelib.tenants import organisation
from chalicelib.web.call import Call
from chalicelib.web.call_context import credential_of, tenant_of
from chalicelib.web.pages.answers import Answers
from chalicelib.web.pages.desk import Desk, desk_of, read_route
from chalicelib.web.pages.reader import PageQuery, written

_LOOKED_AT = 200
"""Rows of the shelf among which the first one is looked for."""
_SAMPLES = 2
"""Complaints of which one has to have the form of the act."""
_REFERENCES = frozenset({"references", "reference"})
"""Fields that name what belongs to one complaint."""
_OF_PAGE = frozenset({"act", "number", "every", "lang"})


@extended_by(queue_row.parameters())
class BulkQuery(PageQuery, frozen=True, kw_only=True):
    """The complaints: all that match the view of the queue with `every`, or else those that are ticked."""

    act: str = ""
    number: tuple[str, ...] = ()
    every: bool = False
    tab: Tab = "all"
    shelf: Literal["open", "pending", "supervision", "archived"] = "open"

    @property
    def filter(self) -> BulkFilter:
        asked = msgspec.structs.asdict(self)
        return BulkFilter(**{name: value for name, value in asked.items() if name not in _OF_PAGE})

    def address(self, act: str) -> str:
        """The query of the page for this act."""
        return written(self, act=act)


class AskedBulk(msgspec.Struct, frozen=True):
    """`sample`: a complaint that the form is made from; None if there is no complaint. `forms`: of it."""

    call: Call
    desk: Desk
    sample: VisibleComplaint | None
    forms: list[ActFormView]

    @property
    def form(self) -> ActFormView | None:
        """Of the act that was chosen."""
        return next((one for one in self.forms if one.act == self.call.query.act), None)

    def texts(self, given: Answers) -> TextsOfForm | None:
        """None without a form, which is made from a complaint."""
        if self.form is None or self.sample is None:
            return None
        targets = act_form.texts(self.form, self.desk.reader)
        return TextsOfForm(self.call, self.desk, self.sample, targets, given)

    def order(self, given: Answers) -> BulkOrder:
        query: Any = self.call.query
        calendar = self.desk.member.policy.calendar
        fields = {} if self.form is None else act_form.values(self.form, given, calendar)
        what: dict[str, Any] = {"filter": query.filter} if query.every else {"numbers": list(query.number)}
        return BulkOrder(act=query.act, fields=fields, text_blocks=in_form.used(given), **what)


def ask(call: Call) -> AskedBulk:
    """Raises `Problem`: `forbidden`, `invalid` for more ticked complaints than a request may name."""
    desk, query = desk_of(call), call.query
    if len(query.number) > MOST_NUMBERS:
        raise Problem("invalid", "A bulk names at most a thousand complaints.")
    best: tuple[VisibleComplaint, list[ActFormView]] | None = None
    for number in islice(_first(desk), _SAMPLES):
        try:
            found = _read(call, number)
        except Problem:  # of another organisation, or hidden: the dry run says so
            continue
        best = best or found
        if any(form.open and form.act == query.act for form in found[1]):
            best = found
            break
        if not query.act:
            break
    return AskedBulk(call, desk, None, []) if best is None else AskedBulk(call, desk, *best)


def _first(desk: Desk) -> Iterator[str]:
    query, call = desk.call.query, desk.call
    if not query.every:
        yield from query.number
        return
    viewer, asker = Viewer(desk.member.asker, call.now), desk.member.asker
    page = snapshot.listed(call.wiring.store, tenant_of(call), query.shelf, _LOOKED_AT, None)
    for row in kept(shown_rows(page, asker), query.filter.criteria, asker.id):
        if TABS[query.tab](row, viewer):
            yield row.number


def _read(call: Call, number: str) -> tuple[VisibleComplaint, list[ActFormView]]:
    request = ComplaintRequest(
        tenant=tenant_of(call), number=number, credential=credential_of(call), now=call.now, route=read_route(call)
    )
    visible = complaint_queries.load_visible_complaint(
        call.wiring, request, [organisation.key(request.tenant), insertion.key(request.tenant)]
    )
    found = forms_of_acts.forms_for(request, visible)
    mine = [one for one in found if one.act in PERFORMERS and one.on_behalf_of is msgspec.UNSET]
    return visible, [
        replace(one, fields=[field for field in one.fields if field.kind not in _REFERENCES]) for one in mine
    ]


def offered(asked: AskedBulk) -> list[tuple[str, str]]:
    """The acts to choose from, each with the query of its form."""
    query = asked.call.query
    return [(label, query.address(act)) for act, label in names(asked).items()]


def names(asked: AskedBulk) -> dict[str, str]:
    """By act: what it is called. With what only owners do."""
    reader = asked.desk.reader
    found = {form.act: reader.label(form.label) for form in asked.forms}
    own = owners_acts() if asked.desk.person.owner else {}
    return {**found, **{act: reader.text(label) for act, label in own.items()}}


def owners_acts() -> dict[str, str]:
    """By name: the text of what it is called."""
    return {act: performer.label for act, performer in PERFORMERS.items() if performer.label}
