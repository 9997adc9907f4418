"""The form of a complainant's act, and what its page says if the act is not open."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from chalicelib.casework.views.complaint_views import ComplaintView
from chalicelib.features.handling.pages.act_inputs import further_acts, inputs
from chalicelib.features.handling.pages.answering import ANSWERS, Answering, answering
from chalicelib.features.handling.pages.meaning import act_text, meaning
from chalicelib.features.handling.pages.opened import MESSAGES, OpenedComplaint
from chalicelib.features.messages.inbox.message import read_inbox
from chalicelib.policy.language.vocabulary import ACT_TERMS
from chalicelib.store import keys
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import tenant_of
from chalicelib.web.pages import session
from chalicelib.web.pages.answers import Answers
from chalicelib.web.pages.inputs import InputFault
from chalicelib.web.pages.organisation import TenantPage
from chalicelib.web.pages.reader import Reader, reader_of
from chalicelib.web.pages.rendering import page, see_other
from chalicelib.web.pages.times import zone_name


def path_of(call: Call) -> str:
    return f"{session.SessionScope(call.params['number']).path(tenant_of(call))}/acts/{call.params['act']}"


def facts_of(given: Answers) -> list[str]:
    return [name for name in given.given if name.startswith("fact.")]


def asks_again(act: str) -> bool:
    """Whether the page asks once more before the act: it ends the case."""
    return act in ACT_TERMS and ACT_TERMS[act].cancels


def form_if_open(call: Call, case: OpenedComplaint, given: Answers, why: Sequence[InputFault]) -> Reply:
    """`why`: the act was not open when the form was sent."""
    found = case.state()
    is_open = call.params["act"] in (*found.acts, *further_acts(found))
    if is_open and not why:
        return form(call, case, found, given)
    return not_open(call, case.tenant_page, given, why)


def form(
    call: Call,
    case: OpenedComplaint,
    found: ComplaintView,
    given: Answers,
    faults: list[InputFault] | None = None,
    *,
    confirms: bool = False,
) -> Reply:
    """`confirms`: the act cannot be undone, so the page asks once more."""
    reader, name = reader_of(call), call.params["act"]
    policy = call.wiring.compiled.get(tenant_of(call), found.policy)
    wrong, (means, answered) = faults or [], _consequences(call, case, name, reader)
    values = {
        "tenant_page": case.tenant_page,
        "number": found.number,
        "path": session.SessionScope(found.number).path(case.tenant_page.org.id),
        "name": name,
        "text": act_text(policy.document, name, reader),
        "means": means,
        "answering": None if wrong else answered,  # an error never has private texts of the case
        "inputs": inputs(policy, case, found, name, reader),
        "asks_again": asks_again(name),
        "confirms": confirms,
        "kept": given.kept(),
        "answers": given,
        "faults": wrong,
        "fault_of": {fault.name: fault.text for fault in wrong},
        "key": given.one("key") or str(uuid.uuid4()),
        "draft": given.one("draft"),
        "form": given.one("form"),
        "zone": zone_name(policy.calendar, reader),
    }
    return page("case/act.html", reader, values, status=422 if wrong else 200)


def _consequences(call: Call, case: OpenedComplaint, name: str, reader: Reader) -> tuple[list[str], Answering | None]:
    """What follows from the act, and what it answers. Of an act that answers something, that of the page before."""
    record = case.record(call.wiring)
    reading = case.reading(call.wiring, reader, record)
    if name not in ANSWERS:
        return meaning(reading, name), None
    reader_id = keys.complainant(case.request.number)
    told = read_inbox(call.wiring.store, case.request.tenant, reader_id, MESSAGES, None).messages
    return meaning(reading, name), answering(reading, case.deadlines(call.wiring, record), told)


def not_open(call: Call, tenant_page: TenantPage, given: Answers, why: Sequence[InputFault]) -> Reply:
    """Back to the complaint, if there is nothing to show of the form."""
    typed = [value for name in facts_of(given) for value in given.all(name)]
    if not typed and not why:
        return to_case(call, "changed")
    reader, number = reader_of(call), call.params["number"]
    values = {
        "tenant_page": tenant_page,
        "number": number,
        "path": session.SessionScope(number).path(tenant_page.org.id),
        "text": act_text(tenant_page.policy.document, call.params["act"], reader),
        "why": why[0].text if why else reader.text("case.changed_since"),
        "typed": typed,
    }
    return page("case/not_open.html", reader, values, status=409)


def to_case(call: Call, told: str = "") -> Reply:
    """Back to the complaint's page. `told`: `done`, `changed` or `reworded`, which the page says once."""
    path = session.SessionScope(call.params["number"]).path(tenant_of(call))
    return see_other(reader_of(call).link(path, **({"told": told} if told else {})))
