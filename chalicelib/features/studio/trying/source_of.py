"""What a trial begins with: an example of the procedure or of a preset, a complaint, or an invented one."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec

from chalicelib.casework.views import complaint_queries
from chalicelib.casework.views.complaint_queries import ComplaintRequest
from chalicelib.features.policies import preset_view
from chalicelib.features.studio.telling.words import ProcedureWords
from chalicelib.features.studio.trying import told, typed
from chalicelib.features.studio.trying.record_events import as_example, wall_text
from chalicelib.kit.instants import to_text
from chalicelib.kit.problem import Problem
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.example import Example
from chalicelib.policy.reading import parsing
from chalicelib.web.call_context import credential_of, tenant_of
from chalicelib.web.pages.desk import Desk, read_route
from chalicelib.web.pages.reader import ToldQuery

_NUMBER = "^[0-9]{1,3}$"
INVENTED = "0"


class TryQuery(ToldQuery, frozen=True, kw_only=True):
    """`example`: its number from 1, of the procedure or of this `preset`; 0 for an invented complaint. `complaint`: a
    number."""

    example: Annotated[str, msgspec.Meta(pattern=_NUMBER)] | None = None
    preset: Annotated[str, msgspec.Meta(max_length=60)] | None = None
    complaint: Annotated[str, msgspec.Meta(max_length=20)] | None = None


def asked(desk: Desk, policy: Policy) -> dict[str, Any]:
    """As an example in the full form. Raises `Problem`: `not-found`, or that of a complaint that one may not see."""
    query = desk.call.query
    if query.complaint:
        return _of_complaint(desk, policy, query.complaint.strip())
    found = _examples(policy, query.preset)
    number = int(query.example or 1)
    if not query.preset and (query.example == INVENTED or not found):
        return typed.invented(policy, wall_text(policy, to_text(desk.call.now)))
    if not 0 < number <= len(found):
        raise Problem("not-found", "There is no such example.")
    shown: dict[str, Any] = msgspec.to_builtins(found[number - 1])
    return shown


def _examples(policy: Policy, preset: str | None) -> list[Example]:
    """Raises `Problem("not-found")` if there is no such preset."""
    return parsing.parse(preset_view.preset_view(preset).policy).examples if preset else policy.document.examples


def _of_complaint(desk: Desk, policy: Policy, number: str) -> dict[str, Any]:
    """Until now. The read is logged, as of the complaint's record."""
    call = desk.call
    request = ComplaintRequest(
        tenant=tenant_of(call), number=number, credential=credential_of(call), now=call.now, route=read_route(call)
    )
    record = complaint_queries.record(call.wiring, request)
    return {**as_example(policy, record), "now": wall_text(policy, to_text(call.now))}


def offered(desk: Desk, policy: Policy) -> dict[str, Any]:
    """What the form of sources shows as chosen, and the examples of a chosen preset."""
    query = desk.call.query
    preset, chosen = getattr(query, "preset", None), getattr(query, "example", None)
    said = told.words_of(ProcedureWords(policy, desk.reader))
    listed = [told.example_name(said, one, at) for at, one in enumerate(_examples(policy, preset))] if preset else []
    return {
        "preset": preset,
        "chosen": int(chosen or 1) if isinstance(query, TryQuery) else 0,
        "complaint": getattr(query, "complaint", None) or "",
        "preset_examples": listed,
    }
