"""Values of the page of a demand: the evidence asked for, its due time, and the evidence given."""

from __future__ import annotations

import msgspec

from chalicelib.casework.loading import Case
from chalicelib.complaints.runs import earliest
from chalicelib.features.evidence import demand_queries, kinds
from chalicelib.features.evidence.evidence_queries import stored_names
from chalicelib.features.evidence.pages.case_access import CaseAccess
from chalicelib.features.evidence.pages.listing import ShownFile, kind_name, options_of, shown_files
from chalicelib.kit.instants import to_text
from chalicelib.web.call import Call
from chalicelib.web.pages.inputs import Input, Option, is_other
from chalicelib.web.pages.organisation import TenantPage, tenant_page_in, tenant_page_key
from chalicelib.web.pages.reader import Reader
from chalicelib.web.pages.times import time_text, zoned_text

MOST_TEXT = 10_000
"""Characters of an answer in words."""


class DemandPage(msgspec.Struct, frozen=True, kw_only=True):
    """`asked`: the names of the kinds. `every`: all of them are needed. `is_late`: its time is over, and an answer is
    still taken. `is_recorded`: staff recorded an answer, `object_until`: until when the respondent can object to it.
    `inputs`: of an answer in words.
    """

    tenant_page: TenantPage
    said: list[tuple[str, str]]
    """What is wanted and why, each under its label."""
    asked: list[str]
    every: bool
    until: str
    is_open: bool
    is_late: bool
    is_recorded: bool
    object_until: str
    files: list[ShownFile]
    inputs: list[Input]


def read(call: Call, reader: Reader, case_access: CaseAccess) -> DemandPage:
    """Raises `Problem` as `demand_queries.view`."""
    found = demand_queries.read(call.wiring, case_access.request(call), call.params["demand"], [tenant_page_key(call)])
    tenant_page = tenant_page_in(call, found.evidence.case.entries)
    waiting = found.evidence.case.complaint.demand_to_answer(str(found.event.seq))
    fields, policy, until = found.event.fields, found.evidence.case.policy, found.event.fields.get("until")
    files = found.evidence.files
    names = stored_names(call.wiring.store, call.wiring.sealer, case_access.request(call).ref, files)
    is_recorded = waiting is not None and waiting.recorded
    texts = [kind for kind in fields["kinds"] if kinds.TEXT in kinds.allowed_types(policy, kind)]
    named = options_of(policy, texts, reader)
    return DemandPage(
        tenant_page=tenant_page,
        said=[(reader.label(one.name, one.field), one.text) for one in found.said],
        asked=sorted((kind_name(policy, kind, reader) for kind in fields["kinds"]), key=is_other),
        every=fields["every"],
        until="" if until is None else zoned_text(tenant_page.policy.calendar, reader, until),
        is_open=waiting is not None,
        is_late=waiting is not None and waiting.over and not is_recorded,
        is_recorded=is_recorded,
        object_until=_own_time(found.evidence.case, reader) if is_recorded else "",
        files=shown_files(files, policy, reader, getattr(call.query, "sent", ""), names),
        inputs=_inputs(named, reader) if named else [],
    )


def _own_time(case: Case, reader: Reader) -> str:
    """The end of the respondent's own time, if one runs."""
    run = earliest([run for run in case.complaint.runs if run.clock in case.policy.of_respondent])
    if run is None or run.due is None:
        return ""
    return time_text(case.policy.calendar_of(run.calendar), reader, to_text(run.due))


def _inputs(named: list[Option], reader: Reader) -> list[Input]:
    text = Input(
        name="text", pointer="/text", label=reader.text("demand.text"), kind="area", required=True, most=MOST_TEXT
    )
    label = reader.text("demand.text_kind")
    kind = Input(name="kind", pointer="/kind", label=label, kind="one", required=True, options=named)
    return [kind, text] if len(named) > 1 else [text]
