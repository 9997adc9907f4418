"""The desk's pages on which a complaint is tried under the draft, or under a published version."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from chalicelib.features.policies import draft, preset_view
from chalicelib.features.studio import draft_desk
from chalicelib.features.studio.forms import draft_text, saving
from chalicelib.features.studio.forms.draft_text import DraftText
from chalicelib.features.studio.forms.saving import FormChange
from chalicelib.features.studio.pages.overview import DRAFT, VERSION, about_version
from chalicelib.features.studio.telling.words import ProcedureWords
from chalicelib.features.studio.trying import keeping, source_of, told, trial, typed
from chalicelib.features.studio.trying.drawing import NARROW, drawn
from chalicelib.features.studio.trying.source_of import TryQuery
from chalicelib.features.studio.trying.timeline import timeline
from chalicelib.features.studio.trying.trial import Trial
from chalicelib.features.studio.trying.typed import TypedTrial
from chalicelib.kit.problem import Place, Problem
from chalicelib.policy.checks.examples import MAX_EVENTS
from chalicelib.policy.compiled import Policy, compile_policy
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.reading.faults import PolicyFault
from chalicelib.web import languages
from chalicelib.web.call import Call, Reply
from chalicelib.web.pages import kept_forms
from chalicelib.web.pages.answers import Answers, owner_form
from chalicelib.web.pages.desk import Desk, desk_form, desk_of, desk_page
from chalicelib.web.pages.inputs import InputFault
from chalicelib.web.pages.reader import Reader
from chalicelib.web.pages.rendering import see_other

if TYPE_CHECKING:
    from chalicelib.web.api import Api

TRY_DRAFT, TRY_VERSION = f"{DRAFT}/try", f"{VERSION}/try"
_WEIGHT = 10
_KEEP = "keep"
_STALE = ("stale", "not-found")


class TriedProcedure(NamedTuple):
    """`about`: which one it is, in words. `text`: of the draft, for those who may change it."""

    policy: Policy
    about: str
    text: DraftText | None = None


def register(api: Api) -> None:
    @desk_page(api, TRY_DRAFT, "Try a complaint under the draft", query=TryQuery, weight=_WEIGHT)
    def get_desk_draft_trial(call: Call) -> Reply:
        desk = draft_desk.owner_desk(call)
        return _get(desk, _of_draft(desk))

    @desk_form(api, TRY_DRAFT, "Try other events under the draft, or keep them as an example", weight=_WEIGHT)
    def post_desk_draft_trial(call: Call) -> Reply:
        desk, given = draft_desk.owner_desk(call), Answers(call.body)
        found = _of_draft(desk)
        if isinstance(found, TriedProcedure) and given.one("go") == _KEEP:
            return _keep(desk, found, given)
        return _again(desk, given, found)

    @desk_page(api, TRY_VERSION, "Try a complaint under a version", query=TryQuery, weight=_WEIGHT)
    def get_desk_version_trial(call: Call) -> Reply:
        desk = desk_of(call)
        return _get(desk, _of_version(desk))

    @desk_form(api, TRY_VERSION, "Try other events under a version", weight=_WEIGHT)
    def post_desk_version_trial(call: Call) -> Reply:
        desk = desk_of(call)
        return _again(desk, Answers(call.body), _of_version(desk))


def _of_version(desk: Desk) -> TriedProcedure:
    """Raises `Problem("not-found")`."""
    version = desk.call.params["version"]
    about = about_version(desk, version)
    return TriedProcedure(desk.call.wiring.compiled.get(desk.member.org.id, version), about)


def _of_draft(desk: Desk) -> TriedProcedure | list[str]:
    """The draft, or the version in force where there is none. The faults of one that has some."""
    found = draft_text.of(desk)
    try:
        body = desk.call.wiring.policies.read(found.text).body
    except Problem as problem:
        return [_fault(desk.reader, place) for place in problem.places]
    policy = compile_policy(msgspec.json.decode(body, type=PolicyDocument), "draft")
    is_draft = found.etag != draft.NONE_YET
    about = desk.reader.text("studio.try.of_draft" if is_draft else "studio.try.no_draft", version=found.version)
    return TriedProcedure(policy, about, found)


def _fault(reader: Reader, place: Place) -> str:
    at = place.pointer.removeprefix("/policy") or "/"
    return reader.text("studio.form.elsewhere", place=at, text=languages.say(place.text, reader.language))


def _path(desk: Desk) -> str:
    return desk.call.path_template.format(**desk.call.params)


def _get(desk: Desk, found: TriedProcedure | list[str]) -> Reply:
    if isinstance(found, list):
        return desk.page("studio/faulty.html", {"about": "", "faults": found, "tab": "try"})
    kept = kept_forms.find(desk.call, desk.call.query.form, _path(desk))
    if kept is not None:
        return _page(desk, found, typed.of_answers(kept.answers), kept.faults, form=kept.id)
    names = typed.event_names(ProcedureWords(found.policy, desk.reader))
    return _page(desk, found, typed.shown(source_of.asked(desk, found.policy), names))


def _again(
    desk: Desk,
    given: Answers,
    found: TriedProcedure | list[str],
    say: kept_forms.Saying = lambda _: (),
    status: int = 200,
) -> Reply:
    """Leads to the page with what was typed. What cannot be kept is shown at once."""
    changed = typed.arranged(typed.of_answers(given), given.one("go"))
    answers = typed.answers_of(changed, given)
    kept = kept_forms.again(desk.call, _path(desk), answers, say, lasts=kept_forms.LASTS)
    if kept is not None or isinstance(found, list):
        return kept or see_other(desk.reader.link(_path(desk)))
    return _page(desk, found, changed, say(desk.reader), status=status)


def _keep(desk: Desk, found: TriedProcedure, given: Answers) -> Reply:
    """Adds what was typed to the draft's text, if it can happen."""
    text, call = found.text, desk.call
    if text is None or given.one("version") != text.etag:
        return _again(desk, given, found, _saying("stale"), 412)
    names = typed.event_names(ProcedureWords(found.policy, desk.reader))
    example, faults = typed.example_of(typed.of_answers(given), names)
    preview = trial.run(found.policy, example, faults).tried.preview
    if preview is None:
        return _again(desk, given, found, status=422)
    full = {**example, "then": keeping.expected(found.policy, preview)}
    change = FormChange(text.text, text.etag, [keeping.addition(text.values, full, given.one("name"))])
    try:
        places = saving.save(call.wiring, owner_form(call, given), change)
    except PolicyFault as fault:
        return _again(desk, given, found, partial(_not_written, fault), 422)
    except Problem as problem:
        if problem.kind not in _STALE:
            raise
        return _again(desk, given, found, _saying("stale"), 412)
    if places:
        return _again(desk, given, found, partial(_broken, places), 422)
    if kept := given.one("form"):
        kept_forms.forget_one(call, kept)
    added = str(len(found.policy.document.examples) + 1)
    return see_other(desk.reader.link(_path(desk), example=added, told="kept"))


def _saying(name: str) -> kept_forms.Saying:
    return lambda reader: [InputFault("name", reader.text(f"studio.try.{name}"))]


def _broken(places: Sequence[Place], reader: Reader) -> list[InputFault]:
    return [InputFault("name", _fault(reader, one)) for one in places]


def _not_written(fault: PolicyFault, reader: Reader) -> list[InputFault]:
    return [InputFault("name", typed.said_fault(one, reader.language)) for one in fault.faults]


def _page(
    desk: Desk,
    found: TriedProcedure,
    shown: TypedTrial,
    faults: Sequence[InputFault] = (),
    *,
    form: str = "",
    status: int = 200,
) -> Reply:
    words = ProcedureWords(found.policy, desk.reader)
    names = typed.event_names(words)
    example, unread = typed.example_of(shown, names)
    made = trial.run(found.policy, example, unread)
    values = {
        "tab": "versions" if found.text is None else "try",
        "about": found.about,
        "here": _path(desk),
        "may_keep": found.text is not None,
        "version": "" if found.text is None else found.text.etag,
        "key": str(uuid.uuid4()),
        "form": form,
        "told": getattr(desk.call.query, "told", None) if not form else None,
        "typed": shown,
        "faults": [*faults, *typed.faults_at_inputs(made.tried.faults, desk.reader.language)],
        "names": list(names),
        "channels": _labels(words, found.policy.document.intake.channels),
        "classes": _classes(words),
        "presets": preset_view.all_presets().presets,
        "most": MAX_EVENTS,
        **source_of.offered(desk, found.policy),
        **_told(words, made),
    }
    return desk.page("studio/try.html", values, status=status)


def _labels(words: ProcedureWords, labels: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(key, words.label(label, key)) for key, label in labels.items()]


def _classes(words: ProcedureWords) -> list[tuple[str, str]]:
    severity = words.document.severity
    return [] if severity is None else _labels(words, severity.classes)


def _told(words: ProcedureWords, made: Trial) -> dict[str, Any]:
    said = told.words_of(words)
    listed = list(told.examples(said, made.examples))
    values: dict[str, Any] = {"examples": listed, "differing": sum(1 for one in listed if one.faults)}
    preview = made.tried.preview
    if preview is None:
        return {**values, "drawing": None}
    lines = timeline(words.policy, preview)
    captions = told.captions(said, lines)
    return {
        **values,
        "drawing": drawn(words.policy, lines, captions, words.reader),
        "narrow": drawn(words.policy, lines, captions.without_reasons, words.reader, NARROW),
        "runs": list(told.lines(said, lines)),
        "steps": list(told.steps(said, preview)),
    }
