"""What will happen to open complaints: the terms, a dry run of all of them, and the same for good."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from chalicelib.complaints.switching.plan import SwitchMode
from chalicelib.features.organisations import queries
from chalicelib.features.switching import switch_all
from chalicelib.features.switching.switch_all import SwitchAll
from chalicelib.jobs.job import ENDED
from chalicelib.jobs.job_view import JobView, RefusedSwitch
from chalicelib.kit.instants import to_text
from chalicelib.kit.problem import Problem
from chalicelib.web import languages
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import member_request
from chalicelib.web.pages import kept_forms
from chalicelib.web.pages.answers import Answers, owner_form
from chalicelib.web.pages.desk import DESK, Desk, desk_form, desk_of, desk_page
from chalicelib.web.pages.inputs import InputFault, Option
from chalicelib.web.pages.labels import labels_of
from chalicelib.web.pages.parts.job_reasons import reason_text
from chalicelib.web.pages.reader import PageQuery, Reader, ToldQuery
from chalicelib.web.pages.rendering import see_other
from chalicelib.web.pages.times import time_text

if TYPE_CHECKING:
    from chalicelib.web.api import Api

OPEN = f"{DESK}/procedure/open-complaints"
_JOB = OPEN + "/{job}"
_MODES: tuple[SwitchMode, ...] = ("switch_if_favourable", "switch")
_EFFECTS = ("earlier", "later", "same", "started", "ended", "missed")
_OUTCOMES = ("switched", "kept", "refused", "excluded")
_PER_COMPLAINT = ("switched", "breached", *(f"deadlines_{one}" for one in _EFFECTS))


class SwitchJobQuery(PageQuery, frozen=True, kw_only=True):
    """`trial`: the dry run whose terms the job has."""

    trial: str | None = None


class OldStage(NamedTuple):
    """A stage of the version before that the version in force lacks."""

    name: str
    label: str


class RefusedLine(NamedTuple):
    number: str
    why: str


def register(api: Api) -> None:
    @desk_page(api, OPEN, "What will happen to open complaints: the terms of a dry run", query=ToldQuery)
    def get_desk_open_complaints(call: Call) -> Reply:
        desk = _owner_desk(call)
        kept = kept_forms.find(call, call.query.form, _path(desk)) or kept_forms.NONE
        return _page(desk, kept.answers, kept.faults)

    @desk_form(api, OPEN, "Try what happens to open complaints, without changes", weight=5)
    def post_desk_open_complaints(call: Call) -> Reply:
        desk, given = _owner_desk(call), Answers(call.body)
        try:
            job = switch_all.start(call.wiring, owner_form(call, given), _order(given)).body["id"]
        except Problem as problem:
            if problem.kind != "invalid":
                raise
            return _refused(desk, given, partial(_faults, problem))
        return see_other(desk.reader.link(f"{_path(desk)}/{job}"))

    @desk_page(api, _JOB, "What happens to open complaints: a dry run, or the move itself", query=SwitchJobQuery)
    def get_desk_open_complaints_job(call: Call) -> Reply:
        desk = _owner_desk(call)
        return _job_page(desk, _job(call, call.params["job"]))

    @desk_form(api, _JOB, "Move open complaints as a dry run has shown", weight=5)
    def post_desk_open_complaints_job(call: Call) -> Reply:
        desk, trial = _owner_desk(call), _job(call, call.params["job"])
        terms = {name: value for name, value in trial.asked.items() if name != "dry_run"}
        order = msgspec.convert({**terms, "token": trial.token or ""}, SwitchAll)
        try:
            job = switch_all.start(call.wiring, owner_form(call, Answers(call.body)), order).body["id"]
        except Problem as problem:
            if problem.kind != "stale":
                raise
            return see_other(desk.reader.link(_path(desk), told="stale"))
        return see_other(desk.reader.link(f"{_path(desk)}/{job}", trial=trial.id))


def _owner_desk(call: Call) -> Desk:
    desk = desk_of(call)
    if not desk.person.owner:
        raise Problem("forbidden", "Only the organisation's owners may switch complaints to another version.")
    return desk


def _path(desk: Desk) -> str:
    return OPEN.format(tenant=desk.member.org.id)


def _order(given: Answers) -> SwitchAll:
    stages = {
        name.removeprefix("stage."): to for name in given.given if name.startswith("stage.") and (to := given.one(name))
    }
    return SwitchAll(
        mode="switch" if given.one("mode") == "switch" else "switch_if_favourable",
        stages=stages,
        accept_breaches=given.one("accept_breaches") == "yes",
        start_new_clocks=given.one("start_new_clocks") == "yes",
        dry_run=True,
    )


def _refused(desk: Desk, given: Answers, say: kept_forms.Saying) -> Reply:
    kept = kept_forms.again(desk.call, _path(desk), given, say)
    return kept or _page(desk, given, say(desk.reader), status=422)


def _faults(problem: Problem, reader: Reader) -> Sequence[InputFault]:
    return [
        InputFault(place.pointer.replace("/stages/", "stage."), languages.say(place.text, reader.language))
        for place in problem.places
    ]


def _page(desk: Desk, typed: Answers, faults: Sequence[InputFault], *, status: int = 200) -> Reply:
    policy, reader, now = desk.member.policy, desk.reader, desk.call.now
    labels = labels_of(desk)

    def date(instant: int) -> str:
        return time_text(policy.calendar, reader, to_text(instant))

    values = {
        "version": policy.version,
        "upcoming": [
            reader.text("switching.upcoming", version=one.version, date=date(one.effective_at))
            for one in desk.member.org.schedule
            if one.effective_at > now
        ],
        "modes": _MODES,
        "old_stages": _old_stages(desk),
        "stages": [Option(name, labels.stage(name)) for name in policy.document.stages],
        "typed": typed,
        "faults": faults,
        "stale": getattr(desk.call.query, "told", None) == "stale",
        "key": str(uuid.uuid4()),
    }
    return desk.page("switching/terms.html", values, status=status)


def _old_stages(desk: Desk) -> list[OldStage]:
    version = int(desk.member.policy.version)
    if version == 1:
        return []
    before = desk.call.wiring.compiled.get(desk.member.org.id, str(version - 1))
    known, labels = desk.member.policy.document.stages, labels_of(desk, before)
    return [
        OldStage(name, labels.stage(name))
        for name, stage in before.document.stages.items()
        if name not in known and not stage.is_end
    ]


def _job(call: Call, name: str) -> JobView:
    """Raises `Problem("not-found")` for another kind of job, too."""
    found = queries.get_job(call.wiring.store, member_request(call), name)
    if found.kind != switch_all.JOB_KIND:
        raise Problem("not-found", "The organisation has no such job.")
    return found


def _job_page(desk: Desk, job: JobView) -> Reply:
    reader, counts = desk.reader, job.counts
    over, dry_run = job.state in ENDED, bool(job.asked["dry_run"])
    values: dict[str, Any] = {
        "job": job,
        "over": over,
        "dry_run": dry_run,
        "terms": _terms(job, reader),
        "why": "" if job.reason is None else reason_text(job.reason, reader),
        "outcomes": [(name, counts.get(name, 0)) for name in _OUTCOMES if counts.get(name)],
        "effects": [(one, counts[f"deadlines_{one}"]) for one in _EFFECTS if counts.get(f"deadlines_{one}")],
        "breached": job.listed.get("breached", []),
        "refused": [RefusedLine(one.number, _why(one, reader)) for one in job.listed.get("refused", [])],
        "may_run": dry_run and job.state == "done" and counts.get("switched", 0) > 0,
        "key": str(uuid.uuid4()),
        "path": f"{_path(desk)}/{job.id}",
        "as_tried": _as_tried(desk, job) if over and not dry_run else None,
    }
    return desk.page("switching/job.html", values)


def _terms(job: JobView, reader: Reader) -> list[str]:
    asked: Mapping[str, Any] = job.asked
    stages = [reader.text("switching.term.stage", old=old, new=new) for old, new in asked["stages"].items()]
    ticked = [reader.text(f"switching.{name}") for name in ("accept_breaches", "start_new_clocks") if asked[name]]
    return [reader.text(f"switching.mode.{asked['mode']}"), *stages, *ticked]


def _why(one: RefusedSwitch, reader: Reader) -> str:
    if "/accept_breaches" in one.pointers:
        return reader.text("switching.why.breaches")
    return languages.say(one.detail, reader.language)


def _as_tried(desk: Desk, job: JobView) -> bool | None:
    """Whether the counts are those of the dry run; None without one."""
    query = desk.call.query
    if not isinstance(query, SwitchJobQuery) or not query.trial:
        return None
    trial = _job(desk.call, query.trial)
    return all(trial.counts.get(name, 0) == job.counts.get(name, 0) for name in _PER_COMPLAINT)
