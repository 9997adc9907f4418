"""An act at the desk, opened: its form, what was typed, what is wrong with it, and what the act would do."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec

from chalicelib.casework.authorization import is_excluded
from chalicelib.casework.views import complaint_queries, complaint_views
from chalicelib.casework.views.complaint_queries import VisibleComplaint
from chalicelib.features.handling import drafts, forms_of_acts
from chalicelib.features.handling.act import ActCommand
from chalicelib.features.handling.desk import act_form, outcome, reading, talk, waiting
from chalicelib.features.handling.desk.waiting import WaitingProposal
from chalicelib.features.handling.drafts import ActDraft, Drawer
from chalicelib.features.handling.forms_of_acts import ActFormView
from chalicelib.features.text_blocks import insertion
from chalicelib.features.text_blocks.pages import in_form
from chalicelib.features.text_blocks.pages.in_form import TextsOfForm
from chalicelib.store.port import Key
from chalicelib.tenants.idempotency_records import Request
from chalicelib.tenants.people import queries
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import credential_of, sub_of, tenant_of
from chalicelib.web.idempotent_requests import principal
from chalicelib.web.pages.answers import Answers, keyed_request
from chalicelib.web.pages.desk import CASE, Desk, case_reader, case_request, desk_of
from chalicelib.web.pages.inputs import InputFault
from chalicelib.web.pages.labels import labels_of
from chalicelib.web.pages.organisation import tenant_page_key
from chalicelib.web.pages.reader import Reader
from chalicelib.web.pages.rendering import see_other
from chalicelib.web.pages.times import zone_name

ACT = CASE + "/acts/{act}"
BEHALF = "on_behalf_of"


class Foreseen(NamedTuple):
    """What the act would do, before the last click, which sends `key`."""

    lines: list[outcome.WouldLine]
    key: str


class OpenedCase(msgspec.Struct, frozen=True):
    """The complaint of the path, as the caller of an act's page has loaded it. `forms`: of the acts that exist for
    them; none if the complaint excludes them."""

    call: Call
    desk: Desk
    visible: VisibleComplaint
    forms: Sequence[ActFormView]

    def act(self, behalf: str | None, given: Answers) -> OpenedAct | None:
        """The act of the path, if it exists for the caller."""
        wanted = self.call.params["act"], behalf
        for form in self.forms:
            if (form.act, None if form.on_behalf_of is msgspec.UNSET else form.on_behalf_of) == wanted:
                return OpenedAct(self.call, self.desk, self.visible, form, given)
        return None


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

    @property
    def texts(self) -> TextsOfForm:
        targets = act_form.texts(self.form, self.desk.reader)
        return TextsOfForm(self.call, self.desk, self.visible, targets, self.given)

    @property
    def command(self) -> ActCommand:
        """Of the act, without a key."""
        call = self.call
        return ActCommand(
            tenant=tenant_of(call),
            number=call.params["number"],
            credential=credential_of(call),
            act=call.params["act"],
            fields=act_form.values(self.form, self.given, self.visible.case.policy.calendar),
            on_behalf_of=self.behalf,
            text_blocks=in_form.used(self.given),
            request=None,
            if_match=self.version,
            now=call.now,
        )


def open_case(call: Call, extra_keys: Sequence[Key] = ()) -> OpenedCase:
    """One read of the complaint, with `extra_keys`. Raises `Problem`: `complaint-unknown`, `forbidden`."""
    desk, request = desk_of(call), case_request(call)
    listed = insertion.key(request.tenant)
    visible = complaint_queries.load_caller(call.wiring, request, [tenant_page_key(call), listed, *extra_keys])
    hidden = is_excluded(visible.case.complaint, visible.asker)
    return OpenedCase(call, desk, visible, [] if hidden else forms_of_acts.forms_for(request, visible))


def clauses_of(visible: VisibleComplaint) -> dict[str, str]:
    """By act of the complaint's stage: the clause of the procedure that it follows, where the policy gives one."""
    stage = visible.case.policy.document.stages[visible.case.complaint.stage]
    return {name: act.clause for name, act in stage.acts.items() if act.clause}


def drawer_of(call: Call) -> Drawer:
    return Drawer(tenant_of(call), call.params["number"], sub_of(call))


def drafted(case: OpenedCase, id_: str) -> ActDraft | None:
    """The caller's draft for the act of the path. The complaint was loaded with `drawer_of(call).key`."""
    kept = drafts.among(case.call.wiring, drawer_of(case.call), case.visible.case.entries)
    return next((one for one in kept if (one.id, one.act) == (id_, case.call.params["act"])), None)


def given_of(draft: ActDraft) -> Answers:
    return Answers({**draft.given, "version": [draft.version], "draft": [draft.id]})


def to_case(call: Call, told: str) -> Reply:
    """Back to the complaint, whose page says once what has happened."""
    return _lead(call, CASE, told=told)


def to_form(call: Call, draft: str, **query: str) -> Reply:
    return _lead(call, ACT, draft=draft, **query)


def to_check(call: Call, draft: str, **query: str) -> Reply:
    return _lead(call, ACT + "/check", draft=draft, **query)


def _lead(call: Call, path: str, **query: str) -> Reply:
    return see_other(case_reader(call).link(path.format(**call.params), **query))


def gone(case: OpenedCase, given: Answers) -> Reply:
    """The act does not exist for the caller: back to the complaint, or a page that shows what was typed."""
    typed = [value for name, value in given.kept() if name.startswith("fact.") and value]
    if not typed:
        return to_case(case.call, "changed")
    return case.desk.page("desk/gone.html", {"number": case.call.params["number"], "typed": typed}, status=409)


def once(call: Call, given: Answers) -> Request | None:
    """A form that is sent twice acts once: it has a key, as programs send `Idempotency-Key`."""
    return keyed_request(call, given.one("key"), principal(call.caller), given.kept())


def inputs_of(page: OpenedAct) -> list[act_form.ActInput]:
    people = (
        queries.all_people(page.call.wiring.store, tenant_of(page.call)) if act_form.names_people(page.form) else ()
    )
    labels = labels_of(page.desk, page.visible.case.policy)
    asked = act_form.inputs(page.form, people, labels)
    return talk.with_files(page.call.wiring.store, case_request(page.call), page.visible, asked, labels)


def _filed(page: OpenedAct) -> list[tuple[str, str]]:
    """What the act is about, without what identifies the complainant. An error never has private texts of the case."""
    return reading.filed(page.call, reading.without_identity(page.visible), page.desk.reader)


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


def shown(
    page: OpenedAct,
    *,
    would: Foreseen | None = None,
    faults: list[InputFault] | None = None,
    since: list[Any] | None = None,
    why: str = "",
    status: int = 200,
) -> Reply:
    """`since`: what others did. `why`: it is not open."""
    call, reader, wrong = page.call, page.desk.reader, faults or []
    proposed = _proposed(page)
    asked = act_form.with_hints(inputs_of(page), {one.id: _by(one, reader) for one in proposed})
    chosen = page.given.one("fact.proposal")
    values = {
        "number": call.params["number"],
        "act": page.form,
        "name": reader.label(page.form.label),
        "clause": clauses_of(page.visible).get(page.form.act, ""),
        "inputs": asked,
        "answers": page.given,
        "proposed": [one for one in proposed if would is None or chosen in ("", one.id)],
        "entered": act_form.entered(asked, page.given),
        "faults": wrong,
        "fault_of": {fault.name: fault.text for fault in wrong},
        "would": None if would is None else would.lines,
        "key": "" if would is None else would.key,
        "since": since and outcome.changes(since, _names(page, since), page.visible.case.policy, reader),
        "why": why,
        "version": str(page.visible.case.version) if since is not None else page.version,
        "draft": page.given.one("draft") or str(uuid.uuid4()),
        "block_told": in_form.TOLD,
        "told": getattr(call.query, "told", None),
        "blocks": in_form.offered(page.texts) if would is None else None,
        "missing": in_form.missing(page.texts) if would is None else [],
        "zone": zone_name(page.visible.case.policy.calendar, reader),
        "behalf": page.behalf,
        "filed": _filed(page) if would is None and status == 200 else [],
        "stage": labels_of(page.desk, page.visible.case.policy).stage(page.visible.case.complaint.stage),
    }
    return page.desk.page("desk/act.html", values, status=status)
