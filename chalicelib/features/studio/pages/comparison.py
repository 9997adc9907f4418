"""Two versions, or the draft and a version, compared: in words by section, and as a difference of their texts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from chalicelib.features.policies import changes, draft
from chalicelib.features.policies.draft import SavedDraft
from chalicelib.features.studio import draft_desk
from chalicelib.features.studio.forms import sentences
from chalicelib.features.studio.forms.rows import SECTIONS
from chalicelib.features.studio.pages.overview import PROCEDURE
from chalicelib.features.studio.text import lines
from chalicelib.kit.problem import Problem
from chalicelib.policy.reading import source
from chalicelib.policy.reading.faults import PolicyFault
from chalicelib.tenants.publication import policy_text, policy_version
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import tenant_of
from chalicelib.web.pages.desk import Desk, desk_of, desk_page
from chalicelib.web.pages.inputs import Option
from chalicelib.web.pages.reader import PageQuery

if TYPE_CHECKING:
    from chalicelib.web.api import Api

COMPARISON = f"{PROCEDURE}/comparison"
DRAFT = "draft"
_OFFERED = 50
"""Versions that the page offers, the newest. Any other can be asked for in the address."""
_SHOWN = 400
"""Lines of the difference of two texts."""
_WIDE = 160
"""Characters of such a line."""


class ComparisonQuery(PageQuery, frozen=True, kw_only=True):
    """`before`, `after`: a version, or `draft`. By default the newest two that the reader may see."""

    before: str = ""
    after: str = ""


class ComparedText(NamedTuple):
    """`written`: by its author, as YAML; otherwise `text` is generated. `values`: None for a text that cannot be read.
    `full`: the full form, and `usual`: a text generated from it; None for a draft with faults."""

    text: str
    written: bool
    values: Any
    full: Any
    usual: str | None


class ComparedSection(NamedTuple):
    name: str
    sentences: Sequence[str]


class ComparedLines(NamedTuple):
    """`more`: further lines that are not shown."""

    shown: Sequence[str]
    more: int


def register(api: Api) -> None:
    @desk_page(api, COMPARISON, "Two versions of the procedure compared", query=ComparisonQuery, weight=5)
    def get_desk_procedure_comparison(call: Call) -> Reply:
        desk = desk_of(call, draft.draft_keys(tenant_of(call)))
        offered = _offered(desk)
        before, after = _asked(call, [one.value for one in offered])
        texts = [_text(desk, name) for name in (before, after)]
        values = {
            "tab": "versions",
            "offered": offered,
            "before": before,
            "after": after,
            "names": [_name(desk, name) for name in (before, after)],
            **_compared(desk, *texts),
        }
        return desk.page("studio/comparison.html", values)


def _offered(desk: Desk) -> list[Option]:
    """The newest first; the draft, if the reader may see it, before all versions."""
    rows, _ = policy_version.version_page(desk.call.wiring.store, desk.member.org.id, _OFFERED, None)
    names = [DRAFT] * (draft_desk.readable(desk) is not None) + [row.version for row in rows]
    return [Option(name, _name(desk, name)) for name in names]


def _name(desk: Desk, name: str) -> str:
    if name == DRAFT:
        return desk.reader.text("studio.title.draft")
    in_force = name == desk.member.policy.version
    return desk.reader.text("studio.compare.in_force" if in_force else "studio.compare.version", version=name)


def _asked(call: Call, offered: Sequence[str]) -> tuple[str, str]:
    """Without a choice the two newest; the older one is `before`."""
    after = call.query.after or offered[0]
    older = offered[offered.index(after) + 1 :] if after in offered else []
    return call.query.before or [*older, *(name for name in offered if name != after), after][0], after


def _text(desk: Desk, name: str) -> ComparedText:
    """Raises `Problem("not-found")`, also for a draft that is not open to the reader."""
    tenant, store = desk.member.org.id, desk.call.wiring.store
    if name != DRAFT:
        version = policy_version.read_version(store, tenant, name)
        text, body = policy_text.written(store, tenant, version), bytes(version.policy)
        usual = policy_text.generated(body)
        return ComparedText(text or usual, text is not None, source.read(text or usual), version.document, usual)
    saved = draft_desk.readable(desk)
    if saved is None:
        raise Problem("not-found", "There is no draft.")
    return _of_draft(desk, saved)


def _of_draft(desk: Desk, saved: SavedDraft) -> ComparedText:
    text, written = policy_text.of_document(saved.document), isinstance(saved.document, str)
    try:
        values = source.read(text)
    except PolicyFault:
        return ComparedText(text, written, None, None, None)
    try:
        body = desk.call.wiring.policies.read(saved.document).body
    except Problem:
        return ComparedText(text, written, values, None, None)
    return ComparedText(text, written, values, msgspec.json.decode(body), policy_text.generated(body))


def _compared(desk: Desk, before: ComparedText, after: ComparedText) -> dict[str, Any]:
    """As their authors wrote them, if both did. Generated texts leave out what another author may have written."""
    old, new = before, after
    if not (before.written and after.written) and before.usual is not None and after.usual is not None:
        old, new = _generated(before), _generated(after)
    values: dict[str, Any] = {"unreadable": None in (old.values, new.values), "sections": [], "parts": []}
    if not values["unreadable"]:
        known = before.full is not None and after.full is not None
        values["parts"] = changes.places(before.full, after.full) if known else changes.places(old.values, new.values)
    if values["parts"]:
        said = [ComparedSection(one, sentences.between(old.values, new.values, desk.reader, one)) for one in SECTIONS]
        values["sections"] = [one for one in said if one.sentences]
    return {**values, "lines": _lines(old.text, new.text)}


def _generated(one: ComparedText) -> ComparedText:
    text = one.usual or ""
    return one._replace(text=text, values=source.read(text))


def _lines(before: str, after: str) -> ComparedLines:
    found = lines.unified(before, after)
    shown = [line if len(line) <= _WIDE else line[:_WIDE] + "…" for line in found[:_SHOWN]]
    return ComparedLines(shown, max(0, len(found) - _SHOWN))
