"""The pages on which a complaint is filed. Each step has its own address: a form, an answer that leads on, a page.

So the browser's back and forward show each step with its answers, which are in a draft. Only the last form files.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import quote

from chalicelib.casework.authorization import Credential
from chalicelib.features.filing import brake, drafts, file_complaint
from chalicelib.features.filing.drafts import FilingAnswers, LoadedDraft
from chalicelib.features.filing.form import CHECK, FilingForm
from chalicelib.features.filing.pages import draft_cookie, mail_receipt, shown
from chalicelib.features.filing.pages.draft_cookie import OwnDraft
from chalicelib.features.filing.pages.filed_before import FiledBefore, filed_before
from chalicelib.kit import canonical
from chalicelib.kit.instants import to_text
from chalicelib.kit.problem import Problem
from chalicelib.limits.sources import network
from chalicelib.store.conflicts import retry_on_conflict
from chalicelib.tenants.idempotency_records import Request
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import tenant_of
from chalicelib.web.credentials import address_hash, source_hash
from chalicelib.web.pages import kept_forms
from chalicelib.web.pages.answers import Answers
from chalicelib.web.pages.inputs import InputFault
from chalicelib.web.pages.organisation import TenantPage, tenant_page_of
from chalicelib.web.pages.reader import ToldQuery, reader_of
from chalicelib.web.pages.rendering import get_page, post_form, see_other

if TYPE_CHECKING:
    from chalicelib.web.api import Api

_FILE = "/t/{tenant}/file"
_STEP = _FILE + "/{draft}/{step}"
_FILED, _TOO_FAST = "filed", "fast"


def register(api: Api) -> None:
    @get_page(api, _FILE, "Where a filing begins, or one that was begun goes on")
    def get_filing_page(call: Call) -> Reply:
        return _begin(call)

    @post_form(api, _FILE, "Begin another filing, and forget what was begun if asked to")
    def post_filing(call: Call) -> Reply:
        return _begin_another(call)

    @get_page(api, _STEP, "A question of a filing, the answers to check, or the receipt", query=ToldQuery)
    def get_filing_step(call: Call) -> Reply:
        return _show(call)

    @post_form(api, _STEP, "Keep the answers of a step, and lead on; from the last step, file the complaint")
    def post_filing_step(call: Call) -> Reply:
        return _take(call)


def _begin(call: Call) -> Reply:
    """A device can be shared: drafts that it has are offered, not opened."""
    tenant_page, reader = tenant_page_of(call), reader_of(call)
    if tenant_page.why_closed is not None:
        return shown.closed_page(tenant_page, reader, tenant_page.why_closed)
    for own in draft_cookie.own(call):
        loaded = drafts.load(call.wiring, own.ref)
        if loaded is not None and loaded.content.answers:
            form = _form(call, tenant_page, loaded.content)
            return shown.begun_page(tenant_page, reader, _path(own, form.first_faulty() or CHECK))
    return _new(call)


def _begin_another(call: Call) -> Reply:
    if Answers(call.body).one("go") == "forget":
        for one in draft_cookie.own(call):
            drafts.forget(call.wiring, one.ref)
    return _new(call)


def _new(call: Call) -> Reply:
    form = _form(call, tenant_page_of(call), FilingAnswers(key=""))
    return _to(call, draft_cookie.new(call), form.page_after("", ""))


def _to(call: Call, own: OwnDraft, step: str, **query: str) -> Reply:
    """Leads to a step. The cookie is set each time: a browser that lost it, or has a new draft, gets it."""
    reply = see_other(reader_of(call).link(_path(own, step), **query))
    return Reply(reply.body, reply.status, {**reply.headers, **draft_cookie.kept(call, own)})


def _path(own: OwnDraft, step: str) -> str:
    return f"/t/{own.ref.tenant}/file/{own.ref.id}/{quote(step, safe='')}"


def _form(call: Call, tenant_page: TenantPage, content: FilingAnswers) -> FilingForm:
    return FilingForm.of(tenant_page, content.answers, reader_of(call), call.now)


def _show(call: Call) -> Reply:
    tenant_page, reader = tenant_page_of(call), reader_of(call)
    own, step = draft_cookie.find(call, call.params["draft"]), call.params["step"]
    loaded = None if own is None else drafts.load(call.wiring, own.ref)
    if own is None or loaded is None:
        return shown.lost_page(tenant_page, reader)
    if loaded.content.filed is not None:
        if step == _FILED:
            asked = shown.AskedStep(step, _path(own, step), "", told=call.query.told or "")
            return shown.filed_page(call, tenant_page, loaded.content, asked)
        return shown.already_filed_page(tenant_page, reader, _path(own, _FILED))
    form = _form(call, tenant_page, loaded.content)
    if step not in form.steps:
        return _to(call, own, form.steps[0])
    if step == CHECK and (faulty := form.first_faulty()) is not None:
        return _to(call, own, faulty, told="wrong")
    kept = kept_forms.find(call, call.query.form, _path(own, step))
    if kept is not None:
        return _changed_page(call, tenant_page, own, loaded, kept.answers)
    faults = form.faults(step) if call.query.told == "wrong" else []
    if step == CHECK and call.query.told == _TOO_FAST:
        faults = [InputFault("send", reader.text("file.too_fast"))]
    before = filed_before(call, own, form) if step == CHECK else None
    return _page(tenant_page, form, (own, loaded.content), step, faults, before)


def _page(
    tenant_page: TenantPage,
    form: FilingForm,
    draft: tuple[OwnDraft, FilingAnswers],
    step: str,
    faults: Sequence[InputFault],
    before: FiledBefore | None = None,
) -> Reply:
    own, content = draft
    changed = bool(content.policy) and content.policy != tenant_page.policy.version
    told = "policy" if changed else ""
    asked = shown.AskedStep(step, _path(own, step), content.seen(form.names(step)), faults, told)
    return shown.question_page(tenant_page, form, asked, before)


def _take(call: Call) -> Reply:
    tenant_page, given = tenant_page_of(call), Answers(call.body)
    own = draft_cookie.find(call, call.params["draft"])
    if given.one("go") == "forget":
        return _forget(call, own)
    if tenant_page.why_closed is not None:
        return see_other(reader_of(call).link(_FILE.format(tenant=tenant_of(call))))
    if own is None or drafts.load(call.wiring, own.ref) is None:
        own = draft_cookie.new(call)  # the cookie has ended: what was typed begins another draft
    return retry_on_conflict(lambda: _keep(call, tenant_page, own, given))


def _forget(call: Call, own: OwnDraft | None) -> Reply:
    if own is not None:
        drafts.forget(call.wiring, own.ref)
        kept_forms.forget(call, _path(own, ""), below=True)
    reply = see_other(f"/t/{tenant_of(call)}")
    return Reply(reply.body, reply.status, {**reply.headers, **draft_cookie.gone(call, call.params["draft"])})


def _keep(call: Call, tenant_page: TenantPage, own: OwnDraft, given: Answers) -> Reply:
    loaded, step, go = drafts.load(call.wiring, own.ref), call.params["step"], given.one("go")
    if loaded is None:
        raise Problem("conflict", "Another draft has this address. Begin again.")
    if loaded.content.filed is not None:
        told = {"told": mail_receipt.send(call, tenant_page, own.ref.id, loaded.content)} if go == "mail" else {}
        return _to(call, own, _FILED, **told)
    if step == CHECK:
        return _file(call, tenant_page, own, loaded) if go == "send" else _lead(call, tenant_page, own, loaded.content)
    before = _form(call, tenant_page, loaded.content)
    names = before.all_names if go == "restore" else before.names(step)
    after = loaded.content.with_answers({name: given.given.get(name, []) for name in names}, tenant_page.policy.version)
    form = _form(call, tenant_page, after)
    if after.is_too_large:
        return _page(tenant_page, form, (own, after), step, form.faults(step) or [shown.too_long(form, step)])
    if go != "restore" and _changed_elsewhere(loaded.content, after, names, given.one("seen")):
        typed = Answers({name: given.given.get(name, []) for name in names})
        kept = kept_forms.again(call, _path(own, step), typed, lasts=kept_forms.TOLD)
        return kept or _changed_page(call, tenant_page, own, loaded, typed)
    if after != loaded.content:
        if not loaded.version:
            call.wiring.wrong_receipts.count_draft(network(call.address))
        drafts.save(call.wiring, own.ref, loaded, after)
        kept_forms.forget(call, _path(own, step))
    return _lead(call, tenant_page, own, after)


def _changed_page(call: Call, tenant_page: TenantPage, own: OwnDraft, loaded: LoadedDraft, typed: Answers) -> Reply:
    """What was typed here, and that another tab has changed these answers. To continue replaces the others."""
    step, before = call.params["step"], loaded.content
    after = before.with_answers(typed.given, tenant_page.policy.version)
    seen = before.seen(_form(call, tenant_page, before).names(step))
    asked = shown.AskedStep(step, _path(own, step), seen, told="changed")
    return shown.question_page(tenant_page, _form(call, tenant_page, after), asked)


def _changed_elsewhere(before: FilingAnswers, after: FilingAnswers, names: Sequence[str], seen: str) -> bool:
    """Another tab changed the answers of this step after the form was made, and to something else."""
    now = before.seen(names)
    was_unanswered = seen in ("", FilingAnswers(key="").seen(names))
    return not was_unanswered and now not in (seen, after.seen(names))


def _lead(call: Call, tenant_page: TenantPage, own: OwnDraft, content: FilingAnswers) -> Reply:
    form, step, go = _form(call, tenant_page, content), call.params["step"], Answers(call.body).one("go")
    after = form.page_after(step, go)
    return _to(call, own, after, **({"told": "wrong"} if go == "next" and after == step else {}))


def _file(call: Call, tenant_page: TenantPage, own: OwnDraft, loaded: LoadedDraft) -> Reply:
    form = _form(call, tenant_page, loaded.content)
    if (faulty := form.first_faulty()) is not None:
        return _to(call, own, faulty, told="wrong")
    trap = Answers(call.body).one("website")
    if not brake.passes(call.wiring.secrets, own.started, trap, call.wiring.real_clock()):
        return _to(call, own, CHECK, told=_TOO_FAST)
    command = file_complaint.FileComplaint(
        tenant=tenant_of(call),
        credential=Credential(),
        filing=form.complaint().filing,
        request=_request(call, loaded.content),
        now=call.now,
        place=address_hash(call),
        source=source_hash(call, "filings"),
    )
    filed = file_complaint.file_complaint(call.wiring, command)
    done = FilingAnswers(
        key=loaded.content.key,
        filed=filed.body,
        at=to_text(call.now),
        lines=[(line.label, line.text) for line in shown.answered_lines(form)],
        mail=form.mail or "",
    )
    drafts.save(call.wiring, own.ref, loaded, done)
    kept_forms.forget(call, _path(own, ""), below=True)
    return _to(call, own, _FILED)


def _request(call: Call, content: FilingAnswers) -> Request:
    """A form that is sent twice files once, as programs send `Idempotency-Key`."""
    return Request(
        tenant=tenant_of(call),
        principal="public",
        source="post_filing",
        key=content.key,
        body_hash=canonical.digest(sorted(content.answers.items())),
    )
