"""The desk's forms of the draft: one page for each section, and on it the form of one item."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from chalicelib.features.studio import draft_desk
from chalicelib.features.studio.forms import draft_text, inputs, kinds, preview, rows, saving, sentences, shown, targets
from chalicelib.features.studio.forms.draft_text import DraftText
from chalicelib.features.studio.forms.options import FieldWords, WrittenChoices
from chalicelib.features.studio.forms.rows import SECTIONS
from chalicelib.features.studio.forms.saving import FormChange
from chalicelib.features.studio.forms.targets import FormTarget
from chalicelib.features.studio.forms.written import ABSENT, in_item, value_at
from chalicelib.features.studio.text import lines
from chalicelib.kit.problem import Place, Problem, pointer_of
from chalicelib.policy.reading import source
from chalicelib.policy.reading.faults import PolicyFault
from chalicelib.web.call import Call, Reply
from chalicelib.web.pages import kept_forms
from chalicelib.web.pages.answers import Answers, owner_form
from chalicelib.web.pages.desk import DESK, Desk, desk_form, desk_page
from chalicelib.web.pages.inputs import CodedFault, InputFault, saying
from chalicelib.web.pages.reader import Reader, ToldQuery
from chalicelib.web.pages.rendering import see_other

if TYPE_CHECKING:
    from chalicelib.web.api import Api

FORMS = f"{DESK}/procedure/draft/{{section}}"
_NAME = ("name",)


class ItemQuery(ToldQuery, frozen=True, kw_only=True):
    """`item`: the JSON Pointer of an item, whose form is shown; with `new`, of the list that a new one joins."""

    item: str = ""
    new: bool = False


def register(api: Api) -> None:
    @desk_page(api, FORMS, "A part of the draft, with its forms", query=ItemQuery, weight=5)
    def get_desk_draft_form(call: Call) -> Reply:
        desk = _owner_desk(call)
        kept = kept_forms.find(call, call.query.form, _path(desk))
        return _page(desk) if kept is None else _page(desk, kept.answers, kept.faults, kept.id)

    @desk_form(api, FORMS, "Change a part of the draft", weight=10)
    def post_desk_draft_form(call: Call) -> Reply:
        desk, given = _owner_desk(call), Answers(call.body)
        found = draft_text.of(desk)
        target = _target(found, _section(call), given)
        if given.one("version") != found.etag or target is None:
            return _again(desk, given, saying([]), status=412)
        return _save(desk, given, found, target)


def _section(call: Call) -> str:
    if call.params["section"] not in SECTIONS:
        raise Problem("not-found", "There is no such part of a procedure.")
    return call.params["section"]


def _owner_desk(call: Call) -> Desk:
    """Raises `Problem`: `forbidden`, `not-found`."""
    _section(call)
    return draft_desk.owner_desk(call)


def _path(desk: Desk) -> str:
    return FORMS.format(tenant=desk.member.org.id, section=desk.call.params["section"])


def _target(found: DraftText, section: str, given: Answers) -> FormTarget | None:
    is_new = given.one("new") == "true"
    return None if found.values is None else targets.find(found.values, section, given.one("item"), is_new=is_new)


def _save(desk: Desk, given: Answers, found: DraftText, target: FormTarget) -> Reply:
    call, go, key = desk.call, given.one("go"), given.one("name.key")
    needs_key = target.is_new and not target.row.alone and not isinstance(value_at(found.values, target.path), list)
    if go == "preview":
        return _again(desk, given, saying([]), status=200)
    if needs_key and not key:
        return _again(desk, given, saying([CodedFault("name.key", "studio.form.no_key")]), status=422)
    arranged = go in ("remove", "up", "down")
    edits = targets.arranging(target, go) if arranged else targets.saving(found.values, target, given.given, key)
    if not edits:
        return see_other(desk.reader.link(_path(desk), told="same"))
    change = FormChange(found.text, found.etag, edits)
    try:
        faults = saving.save(call.wiring, owner_form(call, given), change)
    except PolicyFault as fault:
        at = "name.key" if fault.faults[0].kind == "edit-twice" else shown.TOP
        return _again(desk, given, partial(shown.not_edited, fault, at), status=422)
    except Problem as problem:
        if problem.kind not in saving.CHANGED_MEANWHILE:
            raise
        return _again(_owner_desk(call), given, saying([]), status=412)
    if faults:
        return _again(desk, given, partial(_faults, faults, target, given.one("name.key")), status=422)
    if kept := given.one("form"):
        kept_forms.forget_one(call, kept)
    return see_other(desk.reader.link(_path(desk), told="saved"))


def _faults(places: Sequence[Place], target: FormTarget, key: str, reader: Reader) -> list[InputFault]:
    """At the inputs. What belongs to no input of the form would break another place, which is named."""
    path = tuple(map(str, target.path))
    path = (*path, key) if target.is_new and not target.row.alone else path
    return [_said(place, path, target, reader) for place in places]


def _said(place: Place, path: tuple[str, ...], target: FormTarget, reader: Reader) -> InputFault:
    at = saving.path_of(place)
    name = inputs.input_at(target.row, target.item, at[len(path) :]) if at[: len(path)] == path else None
    return shown.fault_at(place, name, reader)


def _again(desk: Desk, given: Answers, say: kept_forms.Saying, *, status: int) -> Reply:
    """Leads to the page with what was typed. What is too large to be kept is shown at once."""
    kept = kept_forms.again(desk.call, _path(desk), given, say, lasts=kept_forms.LASTS)
    return kept or _page(desk, given, say(desk.reader), status=status)


def _page(
    desk: Desk, typed: Answers | None = None, faults: Sequence[InputFault] = (), form: str = "", *, status: int = 200
) -> Reply:
    """`typed`: what was sent and is shown again."""
    found, section = draft_text.of(desk), desk.call.params["section"]
    own = {"tab": "forms", "section": section, "sections": SECTIONS, "here": _path(desk)}
    values = shown.values(desk, found, typed, faults, form) | own
    if found.values is not None:
        values |= _shown(desk, found, section, typed)
    return desk.page("studio/forms.html", values, status=status)


def _shown(desk: Desk, found: DraftText, section: str, typed: Answers | None) -> dict[str, Any]:
    choices, query = WrittenChoices(found.values, desk.reader), desk.call.query
    address = typed.one("item") if typed is not None else getattr(query, "item", "")
    is_new = typed.one("new") == "true" if typed is not None else getattr(query, "new", False)
    target = targets.find(found.values, section, address, is_new=is_new) if address else None
    before = source.read(found.in_force)
    values: dict[str, Any] = {
        "target": target,
        "address": address,
        "name": "" if target is None or target.is_new else _name(target, choices),
        "units": inputs.units(desk.reader),
        "typed_key": _key(target) if typed is None else typed.one("name.key"),
        "changes": sentences.between(before, found.values, desk.reader, section),
        "lines": lines.unified(found.in_force, found.text),
    }
    if target is None:
        return {**values, "groups": [_group(row, found.values, choices) for row in _present(found.values, section)]}
    held = value_at(found.values, target.path)
    is_new_key = target.is_new and not target.row.alone and not isinstance(held, list)
    values["needs_key"] = is_new_key or target.row.rekeyed
    sent = None if typed is None or typed.one("go") in ("remove", "up", "down") else typed.given
    fields = inputs.fields(target.row, target.item, choices, sent)
    return {**values, "fields": fields, "previews": _previews(desk, found, fields)}


def _previews(desk: Desk, found: DraftText, fields: Sequence[inputs.FieldView]) -> Sequence[preview.TextPreview]:
    """Of the text with placeholders, if the item has one."""
    texts = next((one for one in fields if one.field.kind is kinds.OWN_TEXTS), None)
    return (
        [] if texts is None else preview.previews(texts.value, found.values, desk.member.policy.calendar, desk.call.now)
    )


def _name(target: FormTarget, choices: WrittenChoices) -> str:
    return sentences.name_of(target.row, target.path, target.item, choices)


def _key(target: FormTarget | None) -> str:
    return "" if target is None or target.is_new else str(target.path[-1])


def _present(document: Any, section: str) -> list[rows.ItemRow]:
    return [one for row in rows.rows(section) for one in rows.in_document(document, row)]


def _is_name(field: rows.ItemField) -> bool:
    """Whether the heading of the item says it."""
    return field.path == _NAME or (not field.path and field.kind is kinds.OWN_LABEL)


def _group(row: rows.ItemRow, document: Any, choices: WrittenChoices) -> dict[str, Any]:
    listed = [
        {
            "address": pointer_of(path),
            "name": sentences.name_of(row, path, item, choices),
            "said": [
                (
                    choices.reader.text(f"studio.field.{field.key}"),
                    field.kind.said(value, FieldWords(field.options, choices)),
                )
                for field in row.fields
                if not _is_name(field) and (value := in_item(item, field.path)) is not ABSENT
            ],
        }
        for path, item in rows.members(document, row)
    ]
    return {
        "row": row,
        "address": pointer_of(row.path),
        "items": listed,
        "can_add": targets.can_be_added(document, row),
        "of": str(row.path[-2]) if row.name == "choice" else str(row.path[-1]) if row.name == "category" else "",
    }
