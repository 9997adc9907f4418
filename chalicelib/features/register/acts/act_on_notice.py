"""Act on a notice: load → decide → commit, in one transaction with what it adds to the case's record."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import msgspec
from msgspec.structs import replace

from chalicelib.casework import commit, due_events, private_values
from chalicelib.casework.authorization import Credential, authorize, identify_caller
from chalicelib.casework.loading import Case, parse_complaint, read_entries
from chalicelib.complaints.envelope import Actor
from chalicelib.complaints.rights.permits import COMPLAINANT, Asker
from chalicelib.features.register import making, notice, publication, telling
from chalicelib.features.register.acts import case_notices
from chalicelib.features.register.acts.notice_acts import ACTS, NoticeAct, open_to
from chalicelib.features.register.acts.rights import NoticeCaller
from chalicelib.features.register.acts.working import Working
from chalicelib.features.register.input import ActOnNotice, cleaned
from chalicelib.features.register.notice import Notice, NoticeStep
from chalicelib.kit.instants import Instant
from chalicelib.kit.problem import Place, Problem
from chalicelib.particulars.terms import Terms
from chalicelib.store.conflicts import retry_or_refuse
from chalicelib.store.keys import InCase
from chalicelib.store.port import Entry, Key
from chalicelib.tenants import idempotency_records, organisation
from chalicelib.tenants.idempotency_records import Answer, Request
from chalicelib.wiring import Wiring


class NoticeCommand(InCase, frozen=True, kw_only=True):
    """`notice`: its id."""

    notice: str
    act: str
    credential: Credential
    given: ActOnNotice
    request: Request | None
    now: Instant


class _Loaded(msgspec.Struct, frozen=True):
    case: Case
    entries: Mapping[Key, Entry]
    asker: Asker
    notice: Notice
    caller: NoticeCaller


def act(wiring: Wiring, command: NoticeCommand) -> Answer:
    """200 with the notice as this caller sees it after the act.

    Raises `Problem`: `complaint-unknown`, `not-found`, `forbidden`, `act-not-open`, `invalid`, `conflict`.
    """
    if command.act not in ACTS:
        raise Problem("not-found", "There is no such act on a notice.")
    detail = "Others acted on the notice at the same time. Look at it again and repeat."
    return retry_or_refuse(lambda: _attempt(wiring, command), detail)


def _attempt(wiring: Wiring, command: NoticeCommand) -> Answer:
    loaded = _load(wiring, command)
    if command.request is not None:
        earlier = loaded.entries.get(command.request.record_key)
        if known := idempotency_records.replay(earlier, command.request, wiring.real_clock()):
            return known
    commit.check_words(command.tenant, loaded.caller.policy)  # the version of the notice, not of its complaint
    actor = _permitted(command, loaded)
    _check_fields(command, ACTS[command.act])
    flow = due_events.apply(wiring.store, wiring.sealer, command.tenant, loaded.case, command.now)
    work = Working(
        notice=loaded.notice,
        texts=notice.opened(wiring.sealer, command.tenant, loaded.notice),
        policy=loaded.caller.policy,
        flow=flow,
        actor=actor,
        given=command.given.fields,
        now=max(command.now, flow.complaint.at),
        terms=cache(lambda: _terms(wiring, command, loaded)),
    )
    _check_text(command, loaded, work)
    _note(work, command.act)
    ACTS[command.act].do(work)
    if actor.on_behalf_of == COMPLAINANT.kind:
        telling.of_record(work.flow, work.notice, work.now, command.act)
    return _commit(wiring, command, loaded, work)


def _load(wiring: Wiring, command: NoticeCommand) -> _Loaded:
    tenant = command.tenant
    key = notice.find_key(wiring.store, tenant, command.notice)
    wanted = [organisation.key(tenant), *command.credential.keys(tenant)]
    if key is not None and notice.is_of(key, command.ref):
        wanted.append(key)
    if command.request is not None:
        wanted.append(command.request.record_key)
    entries = read_entries(wiring.store, command.ref, wanted)
    asker = identify_caller(wiring.store, command.credential, tenant, entries, command.now)
    case = parse_complaint(wiring.compiled, command.ref, entries)
    authorized = authorize(wiring.secrets, tenant, case, command.credential, asker)
    found = None if key not in entries else notice.parse(entries[key])
    if found is None or not case_notices.is_visible(found, authorized):
        raise Problem("not-found", "There is no such notice.")
    policy = wiring.compiled.get(tenant, found.policy)
    caller = NoticeCaller(policy, case.policy, case.complaint, authorized, command.given.on_behalf_of)
    return _Loaded(case, entries, authorized, found, caller)


def _permitted(command: NoticeCommand, loaded: _Loaded) -> Actor:
    """Raises `Problem`: `forbidden`, or `act-not-open` with the acts that are open to the caller."""
    rule = ACTS[command.act]
    actor = rule.who(loaded.caller, loaded.notice)
    if actor is None:
        raise Problem("forbidden", "This act on the notice is not yours to do.")
    if not rule.is_open(loaded.notice, command.now):
        extra = {"acts": open_to(loaded.caller, loaded.notice, command.now)}
        raise Problem("act-not-open", "This act is not open in the notice's present state.", extra=extra)
    return actor


def _check_fields(command: NoticeCommand, rule: NoticeAct) -> None:
    given = {name for name in command.given.fields.__struct_fields__ if getattr(command.given.fields, name) is not None}
    places = [Place(f"/fields/{name}", "is required") for name in rule.needs if name not in given]
    places += [
        Place(f"/fields/{name}", "is no field of this act") for name in sorted(given - {*rule.needs, *rule.takes})
    ]
    if places:
        raise Problem("invalid", "The fields do not fit the act.", places=places)


def _check_text(command: NoticeCommand, loaded: _Loaded, work: Working) -> None:
    """An answer about a former text is none about the present one. After a change, one that names no text may be such.

    Raises `Problem("conflict")` with the notice as it is now, without the former text: an error repeats no text that
    is not for publication.
    """
    rule, named = ACTS[command.act], work.given.sha256
    is_unnamed = named is None and work.notice.changed
    is_other = named is not None and named != publication.proposed(work.notice, work.texts)
    if rule.names_text and (is_unnamed or is_other):
        now = replace(case_notices.view(_reading(command, loaded, work), work.terms), before=None)
        detail = "The text of the notice has changed. Read `notice`, and answer with its `sha256`."
        raise Problem("conflict", detail, extra={"notice": msgspec.to_builtins(now)})


def _reading(command: NoticeCommand, loaded: _Loaded, work: Working) -> case_notices.Reading:
    return case_notices.Reading(loaded.caller, work.notice, work.texts, command.now)


def _terms(wiring: Wiring, command: NoticeCommand, loaded: _Loaded) -> Terms:
    record = private_values.read_record(wiring.store, wiring.sealer, command.ref)
    org = organisation.parse(loaded.entries[organisation.key(command.tenant)])
    units = {name: unit.name for name, unit in org.units.items()}
    return making.terms_of(loaded.caller.policy, record, loaded.notice, units)


def _note(work: Working, name: str) -> None:
    """Adds the step to the notice's history, with its reason among the encrypted texts."""
    actor, reason = work.actor, work.given.reason
    text = publication.proposed(work.notice, work.texts) if ACTS[name].names_text else ""
    step = NoticeStep(act=name, at=work.now, by=actor.id, role=actor.role, on_behalf_of=actor.on_behalf_of, sha256=text)
    if reason is not None:
        number = str(len(work.notice.steps))
        clean = cleaned({"": reason}, "/fields/reason")[""]
        work.texts = replace(work.texts, reasons={**work.texts.reasons, number: clean})
        work.given = replace(work.given, reason=clean)
    work.notice = replace(work.notice, steps=[*work.notice.steps, step])


def _commit(wiring: Wiring, command: NoticeCommand, loaded: _Loaded, work: Working) -> Answer:
    tenant, flow = command.tenant, work.flow
    if work.settles:
        telling.of_settlement(wiring.store, tenant, flow, work.notice, work.now)
    if work.notice.state == "withdrawn":
        telling.of_publication(wiring.store, tenant, flow, work.notice, "unpublished")
    if work.asks_again:
        telling.of_change(wiring.store, tenant, flow, work.notice, work.now)
    changed = notice.sealed(wiring.sealer, tenant, work.notice, work.texts)
    writes = commit.writes(wiring.sealer, tenant, flow, command.now)[1] if flow.drafts else []
    writes.append(notice.change(tenant, changed, publication.wakes_at(changed, command.now)))
    work.notice = changed
    view = case_notices.view(_reading(command, loaded, work), work.terms)
    answer = Answer.of(200, view)
    if command.request is not None:
        earlier = loaded.entries.get(command.request.record_key)
        writes.append(idempotency_records.put(command.request, answer, wiring.real_clock(), found=earlier))
    wiring.store.commit(writes)
    return answer
