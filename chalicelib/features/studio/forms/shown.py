"""What the pages show alike that edit the draft's text: a change that was refused, in words, and the draft's state."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from chalicelib.features.studio import draft_desk
from chalicelib.features.studio.forms import saving
from chalicelib.features.studio.forms.draft_text import DraftText
from chalicelib.kit.problem import Place
from chalicelib.policy.reading.faults import PolicyFault
from chalicelib.web import languages
from chalicelib.web.pages.answers import Answers
from chalicelib.web.pages.desk import Desk
from chalicelib.web.pages.inputs import InputFault
from chalicelib.web.pages.reader import Reader

TOP = "item"
"""The id to which a fault leads that belongs to no input."""


def not_edited(fault: PolicyFault, at: str, reader: Reader) -> list[InputFault]:
    """Why the text could not be changed, and what to do instead. `at`: the input."""
    found = fault.faults[0]
    said, mend = found.text(reader.language), found.text(f"mend_{reader.language}")
    return [InputFault(at, reader.text("studio.form.refused", fault=said, mend=mend))]


def fault_at(place: Place, name: str | None, reader: Reader) -> InputFault:
    """At the input. Without one, the change would break another place, which is named."""
    text = languages.say(place.text, reader.language)
    if name is not None:
        return InputFault(name, text)
    at = "/" + "/".join(saving.path_of(place))
    return InputFault(TOP, reader.text("studio.form.elsewhere", place=at, text=text))


def values(
    desk: Desk, found: DraftText, typed: Answers | None, faults: Sequence[InputFault], form: str
) -> dict[str, Any]:
    """For the template. `typed`: what was sent and is shown again, kept as `form`."""
    is_stale = typed is not None and typed.one("version") != found.etag
    return {
        "draft_text": found,
        "faults": faults,
        "form": form,
        "key": str(uuid.uuid4()),
        "saved": draft_desk.saved(desk),
        "told": getattr(desk.call.query, "told", None) if typed is None else None,
        "is_stale": is_stale,
        "since": draft_desk.saved_since(desk, typed.one("version")) if typed is not None and is_stale else [],
        "unreadable": found.values is None,
    }
