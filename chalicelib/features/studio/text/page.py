"""The desk's page of the draft's text: an owner writes it as YAML, checks it, and saves it with its faults.

The page has a form that works without scripts. Checking, and saving what cannot be saved, lead to the page with what
was typed, which is kept. So it is found again after another person has saved, published or deleted the draft.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from chalicelib.features.policies import draft, draft_commands, version_queries
from chalicelib.features.policies.draft import SavedDraft
from chalicelib.features.policies.draft_commands import SaveDraft
from chalicelib.features.policies.policy_check import WordRewording
from chalicelib.features.studio import draft_desk
from chalicelib.features.studio.text import findings, lines, module_texts, tutorial
from chalicelib.features.studio.text.findings import TextFinding
from chalicelib.kit.problem import Problem
from chalicelib.policy.reading.faults import PolicyFault
from chalicelib.tenants.publication import policy_text
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import member_request
from chalicelib.web.pages import assets, kept_forms
from chalicelib.web.pages.answers import Answers, owner_form
from chalicelib.web.pages.desk import DESK, Desk, desk_form, desk_page
from chalicelib.web.pages.reader import ToldQuery
from chalicelib.web.pages.rendering import see_other

if TYPE_CHECKING:
    from chalicelib.web.api import Api

TEXT = f"{DESK}/procedure/draft/text"
_MEND = "mend "
"""Begins the value of a button that puts another word into the text. A `WordRewording` as JSON follows."""
_INSERT = "insert "
"""Begins the value of a button that joins the snippet of a step of the tutorial to the text."""
_EDITOR = "editor.js"
_UNSAVED = ("stale", "not-found", "policy-invalid")
"""The problems after which the page shows again what was typed, with the reason."""
_PERSISTENT_STATUS = {"stale": 412, "not-found": 412}


class TextQuery(ToldQuery, frozen=True, kw_only=True):
    """`tutorial`: it is shown beside the text."""

    tutorial: bool = False


class TypedText(NamedTuple):
    """`version`: the ETag of the draft on which it is based. `refused`: it was to be saved, and could not be.
    `tutorial`: it is shown."""

    text: str
    version: str
    form: str = ""
    refused: bool = False
    tutorial: bool = False


class SavedText(msgspec.Struct, frozen=True):
    """`version`: the draft's ETag. `said`: who has saved it, and when, in words."""

    version: str
    said: str


class FoundFaults(msgspec.Struct, frozen=True):
    """`findings`: faults and hints in the order of the text."""

    findings: list[TextFinding]


def register(api: Api) -> None:
    @desk_page(api, TEXT, "The text of the draft", query=TextQuery)
    def get_desk_draft_text(call: Call) -> Reply:
        desk = draft_desk.owner_desk(call)
        kept = kept_forms.find(call, call.query.form, _path(desk))
        return _page(desk, None if kept is None else _typed(kept.answers, kept.id))

    @desk_form(api, TEXT, "Check the text of the draft, mend a word of it, or save it")
    def post_desk_draft_text(call: Call) -> Reply:
        desk, given = draft_desk.owner_desk(call), Answers(call.body)
        if given.one("go") == "save":
            return _save(desk, given)
        return _again(desk, _inserted(_mended(given), desk.reader.language), status=200)

    @desk_form(
        api, TEXT + "/check", "Check the text of the draft, for modules", produces="application/json", reads=True
    )
    def post_desk_draft_text_check(call: Call) -> Reply:
        desk, typed = draft_desk.owner_desk(call), _typed(Answers(call.body))
        return Reply(FoundFaults(_findings(desk, typed.text)))

    @desk_form(api, TEXT + "/save", "Save the text of the draft, for modules", produces="application/json")
    def post_desk_draft_text_save(call: Call) -> Reply:
        given = Answers(call.body)
        _store(draft_desk.owner_desk(call), given)
        if given.one("form"):
            kept_forms.forget_one(call, given.one("form"))
        desk = draft_desk.owner_desk(call)
        current, told = draft.require_draft(desk.entries, desk.member.org.id), draft_desk.saved(desk)
        assert told is not None
        said = desk.reader.text("studio.text.saved", revision=told.revision, by=told.by, at=told.at)
        return Reply(SavedText(current.draft.etag, said))


def _path(desk: Desk) -> str:
    return TEXT.format(tenant=desk.member.org.id)


def _typed(given: Answers, form: str = "") -> TypedText:
    """The text with its blanks: those at the beginning of a line mean something."""
    text = given.given.get("text", [""])[0]
    return TypedText(
        text,
        given.one("version"),
        form or given.one("form"),
        refused=given.one("go") == "save",
        tutorial=bool(given.one("tutorial")),
    )


def _mended(given: Answers) -> Answers:
    """With the other word in the text, if a button asks for it."""
    button = given.one("go")
    if not button.startswith(_MEND):
        return given
    try:
        rewording = msgspec.json.decode(button.removeprefix(_MEND), type=WordRewording)
    except msgspec.DecodeError as error:
        raise Problem("bad-request", "The form cannot be read.") from error
    return Answers({**given.given, "text": [lines.mended(_typed(given).text, rewording)]})


def _inserted(given: Answers, language: str) -> Answers:
    """With the snippet in the text, if a button asks for it. A text that cannot be read stays: its faults say why."""
    button = given.one("go")
    if not button.startswith(_INSERT):
        return given
    try:
        text = tutorial.joined(_typed(given).text, button.removeprefix(_INSERT), language)
    except PolicyFault:
        return given
    return Answers({**given.given, "text": [text]})


def _store(desk: Desk, given: Answers) -> None:
    """Raises `Problem`: `stale`, `not-found`, `policy-invalid` (too large)."""
    typed, command = _typed(given), owner_form(desk.call, given)
    draft_commands.save_draft(desk.call.wiring, command, SaveDraft(policy=typed.text), typed.version or draft.NONE_YET)


def _save(desk: Desk, given: Answers) -> Reply:
    call, typed = desk.call, _typed(given)
    try:
        _store(desk, given)
    except Problem as problem:
        if problem.kind not in _UNSAVED:
            raise
        return _again(draft_desk.owner_desk(call), given, status=_PERSISTENT_STATUS.get(problem.kind, 422))
    if typed.form:
        kept_forms.forget_one(call, typed.form)
    more = {"tutorial": "true"} if typed.tutorial else {}
    return see_other(desk.reader.link(_path(desk), told="saved", **more))


def _again(desk: Desk, given: Answers, *, status: int) -> Reply:
    """Leads to the page with what was typed. A text that is too large to be kept is shown at once."""
    kept = kept_forms.again(desk.call, _path(desk), given, lasts=kept_forms.LASTS)
    return kept or _page(desk, _typed(given), status=status)


def _findings(desk: Desk, text: str) -> list[TextFinding]:
    return findings.of_text(desk.call.wiring, member_request(desk.call), text, desk.reader.language)


def _page(desk: Desk, typed: TypedText | None, *, status: int = 200) -> Reply:
    """`typed`: None for the text as it is stored."""
    current = draft_desk.stored(desk)
    version = draft.NONE_YET if current is None else current.draft.etag
    based_on, stored = _stored(desk, current)
    text = stored if typed is None else typed.text
    found = _findings(desk, text)
    with_steps = getattr(desk.call.query, "tutorial", False) if typed is None else typed.tutorial
    is_stale = typed is not None and (typed.version or draft.NONE_YET) != version
    values = {
        "text": text,
        "findings": found,
        "mend": lambda one: _MEND + msgspec.json.encode(one).decode(),
        "lines": lines.around(text, [one.line for one in found if one.line]),
        "version": version,
        "key": str(uuid.uuid4()),
        "steps": tutorial.steps(text, found, desk.reader.language) if with_steps else [],
        "insert": _INSERT,
        "bundled": assets.has(_EDITOR),
        "module_texts": msgspec.json.encode(module_texts.of(desk.reader)).decode(),
        "form": "" if typed is None else typed.form,
        "based_on": based_on,
        "saved": draft_desk.saved(desk),
        "told": getattr(desk.call.query, "told", None) if typed is None else None,
        "refused": typed is not None and typed.refused,
        "is_stale": is_stale,
        "since": draft_desk.saved_since(desk, typed.version) if typed is not None and is_stale else [],
        "changed": lines.changed(stored, text) if is_stale else [],
    }
    return desk.page("studio/text.html", values, status=status)


def _stored(desk: Desk, current: SavedDraft | None) -> tuple[str, str]:
    """The text of the draft; without one, that of the version in force, with its name."""
    if current is not None:
        return "", policy_text.of_document(current.document)
    found = version_queries.version_text(desk.call.wiring.store, member_request(desk.call))
    return found.version, found.text
