"""Acts at the desk: a form, then a page that says what the act would do, then the act.

The form carries the version of the complaint that it was made from. If the complaint has changed, the page keeps what
was typed, says who changed what, and goes on from the new version.
"""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING, Any, Literal

import msgspec
from msgspec.structs import replace

from chalicelib.casework.authorization import is_excluded
from chalicelib.casework.views import complaint_queries, complaint_views
from chalicelib.casework.views.complaint_queries import VisibleComplaint
from chalicelib.features.handling import act as use_case
from chalicelib.features.handling import dry_run, forms_of_acts
from chalicelib.features.handling.act import ActCommand
from chalicelib.features.handling.desk import act_form, outcome, talk, waiting
from chalicelib.features.handling.desk.waiting import WaitingProposal
from chalicelib.features.handling.forms_of_acts import ActFormView
from chalicelib.features.handling.pages.acts import faults as faults_of
from chalicelib.kit import canonical
from chalicelib.kit.problem import Problem
from chalicelib.tenants import idempotency_records
from chalicelib.tenants.idempotency_records import Request
from chalicelib.tenants.people import queries
from chalicelib.web import languages
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import credential_of, tenant_of
from chalicelib.web.idempotent_requests import principal
from chalicelib.web.pages.answers import Answers
from chalicelib.web.pages.desk import CASE, Desk, case_request, desk_form, desk_of, desk_page
from chalicelib.web.pages.inputs import InputFault
from chalicelib.web.pages.labels import labels_of
from chalicelib.web.pages.organisation import tenant_page_key
from chalicelib.web.pages.reader import PageQuery, Reader
from chalicelib.web.pages.rendering import see_other
from chalicelib.web.pages.times import zone_name
from chalicelib.web.request_parts import KEY_PATTERN

if TYPE_CHECKING:
    from chalicelib.web.api import Api

_ACT = CASE + "/acts/{act}"
_BEHALF = "on_behalf_of"


class DeskActQuery(PageQuery, frozen=True, kw_only=True):
    """`proposal` and `task`: which of several the reader came to decide on or to do."""

    on_behalf_of: Literal["complainant"] | None = None
    proposal: str | None = None
    task: str | None = None

    @property
    def chosen(self) -> Answers:
        given = {"fact.proposal": self.proposal, "fact.task": self.task}
        return Answers({name: [value] for name, value in given.items() if value})


class OpenedAct(msgspec.Struct, frozen=True):
    """An act's form as it is shown: for whom, of which act, and what was typed."""

    call: Call
    desk: Desk
    visible: VisibleComplaint
    form: ActFormView
    given: Answers

    @property
    def behalf(self) -> str | None:
        return None if self.form.on_behalf_of is msgspec.UNSET else self.form.on_behalf_of

    @property
    def version(self) -> str:
        """That from which the form was made: a new form is made from the present one."""
        return self.given.one("version") or str(self.visible.case.version)


def register(api: Api) -> None:
    @desk_page(api, _ACT, "The form of an act", query=DeskActQuery)
    def get_desk_act(call: Call) -> Reply:
        found = _page(call, Answers({}), call.query.on_behalf_of)
        if isinstance(found, Reply):
            return found
        if not found.form.open:
            return _shown(found, why=_why(found), status=409)
        return _shown(replace(found, given=call.query.chosen))

    @desk_form(api, _ACT, "Check an act, and do it")
    def post_desk_act(call: Call) -> Reply:
        given = Answers(call.body)
        found = _page(call, given, given.one(_BEHALF) or None)
        if isinstance(found, Reply):
            return found
        try:
            return _STEPS.get(given.one("go"), _shown)(found)
        except Problem as problem:
            return _refused(found, problem)


def _page(call: Call, given: Answers, behalf: str | None) -> OpenedAct | Reply:
    """If the act does not exist for the caller: back to the complaint, or a page that keeps what was typed."""
    desk, request, once = desk_of(call), case_request(call), _once(call, given)
    record_keys = [] if once is None else [once.record_key]
    visible = complaint_queries.load_caller(call.wiring, request, [tenant_page_key(call), *record_keys])
    if once is not None and _is_repeated(call, once, visible):
        return see_other(_back(call, "done"))
    forms = [] if is_excluded(visible.case.complaint, visible.asker) else forms_of_acts.forms_for(request, visible)
    wanted = call.params["act"], behalf
    for form in forms:
        if (form.act, None if form.on_behalf_of is msgspec.UNSET else form.on_behalf_of) == wanted:
            return OpenedAct(call, desk, visible, form, given)
    typed = [value for name, value in given.kept() if name.startswith("fact.")]
    if not typed:
        return see_other(_back(call, "changed"))
    return desk.page("desk/gone.html", {"number": call.params["number"], "typed": typed}, status=409)


def _is_repeated(call: Call, once: Request, visible: VisibleComplaint) -> bool:
    """Whether this form was sent before, and its act is done."""
    found = visible.case.entries.get(once.record_key)
    return idempotency_records.replay(found, once, call.wiring.real_clock()) is not None


def _back(call: Call, told: str) -> str:
    path = CASE.format(tenant=tenant_of(call), number=call.params["number"])
    return f"{path}?told={told}"


def _command(page: OpenedAct) -> ActCommand:
    call = page.call
    return ActCommand(
        tenant=tenant_of(call),
        number=call.params["number"],
        credential=credential_of(call),
        act=call.params["act"],
        fields=act_form.values(page.form, page.given, page.visible.case.policy.calendar),
        on_behalf_of=page.behalf,
        request=_once(call, page.given),
        if_match=page.version,
        now=call.now,
    )


def _once(call: Call, given: Answers) -> Request | None:
    """None before the step that acts."""
    return once(call, given) if given.one("go") == "do" else None


def once(call: Call, given: Answers) -> Request | None:
    """A form that is sent twice acts once: it has a key, as programs send `Idempotency-Key`."""
    key = given.one("key")
    if re.fullmatch(KEY_PATTERN, key) is None:
        return None
    body = canonical.digest({"params": dict(call.params), "given": given.kept()})
    who = principal(call.caller)
    return Request(tenant=tenant_of(call), principal=who, source=call.route_id, key=key, body_hash=body)


def _checked(page: OpenedAct) -> Reply:
    would = dry_run.dry_run(page.call.wiring, _command(page)).would
    return _shown(page, would=outcome.lines(would, labels_of(page.desk, page.visible.case.policy)))


def _done(page: OpenedAct) -> Reply:
    use_case.act(page.call.wiring, _command(page))
    return see_other(_back(page.call, "done"))


_STEPS = {"check": _checked, "do": _done}


def _refused(page: OpenedAct, problem: Problem) -> Reply:
    """The form as it was sent, with what is wrong with it."""
    reader = page.desk.reader
    if problem.kind == "stale":
        return _shown(page, since=problem.extra.get("since", []), status=412)
    if problem.kind == "idempotency-key-reused":
        return see_other(_back(page.call, "changed"))
    if problem.kind == "invalid":
        asked = [one.input for one in _inputs(page)]
        return _shown(page, faults=faults_of(problem, asked, page.given, reader), status=422)
    if problem.kind in ("act-not-open", "forbidden", "conflict", "proposer-gone"):
        return _shown(page, why=languages.say(problem.text, reader.language), status=409)
    raise problem


def _why(page: OpenedAct) -> str:
    fails = page.form.fails
    return "" if fails is msgspec.UNSET else page.desk.reader.label(fails.text)


def _inputs(page: OpenedAct) -> list[act_form.ActInput]:
    people = (
        queries.all_people(page.call.wiring.store, tenant_of(page.call)) if act_form.names_people(page.form) else ()
    )
    labels = labels_of(page.desk, page.visible.case.policy)
    asked = act_form.inputs(page.form, people, labels)
    return talk.with_files(page.call.wiring.store, case_request(page.call), page.visible, asked, labels)


def _proposed(page: OpenedAct) -> list[WaitingProposal]:
    """What waits for the decision of this act, with its content."""
    if page.form.act not in waiting.DECIDES:
        return []
    case, policy = page.visible.case, page.visible.case.policy
    view = complaint_views.state(policy, case.complaint, page.visible.asker)
    found = waiting.read(page.call, case_request(page.call), page.visible, view, labels_of(page.desk, policy))
    return [one for one in found if one.mine]


def _by(one: WaitingProposal, reader: Reader) -> str:
    return reader.text("desk_act.proposed_by", who=one.by, at=one.at)


def _names(page: OpenedAct, since: list[Any]) -> dict[str, str]:
    """Of the members who changed the complaint meanwhile, by id. Without a mail address: the answer is an error."""
    subs = sorted({one["actor"]["id"] for one in since if one["actor"]["kind"] == "staff"})
    found = queries.people_by_sub(page.call.wiring.store, tenant_of(page.call), subs) if subs else ()
    return {one.sub: one.name for one in found if one.name}


def _shown(
    page: OpenedAct,
    *,
    would: list[outcome.WouldLine] | None = None,
    faults: list[InputFault] | None = None,
    since: list[Any] | None = None,
    why: str = "",
    status: int = 200,
) -> Reply:
    """`would`: what the act would do, before the last click. `since`: what others did. `why`: it is not open."""
    call, reader, wrong = page.call, page.desk.reader, faults or []
    proposed = _proposed(page)
    asked = act_form.with_hints(_inputs(page), {one.id: _by(one, reader) for one in proposed})
    chosen = page.given.one("fact.proposal")
    values = {
        "number": call.params["number"],
        "act": page.form,
        "name": reader.label(page.form.label),
        "inputs": asked,
        "answers": page.given,
        "proposed": [one for one in proposed if would is None or chosen in ("", one.id)],
        "entered": act_form.entered(asked, page.given),
        "kept": page.given.kept(),
        "faults": wrong,
        "fault_of": {fault.name: fault.text for fault in wrong},
        "would": would,
        "since": since and outcome.changes(since, _names(page, since), page.visible.case.policy, reader),
        "why": why,
        "version": str(page.visible.case.version) if since is not None else page.version,
        "key": page.given.one("key") or str(uuid.uuid4()),
        "zone": zone_name(page.visible.case.policy.calendar, reader),
        "behalf": page.behalf,
    }
    return page.desk.page("desk/act.html", values, status=status)
