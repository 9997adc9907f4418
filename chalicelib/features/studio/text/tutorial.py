"""The tutorial beside the text of a draft: its steps, each with a snippet that joins the text, and its state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from chalicelib.features.studio.text import smallest
from chalicelib.features.studio.text.findings import TextFinding
from chalicelib.kit import catalogue
from chalicelib.policy.editing import differences
from chalicelib.policy.reading import source
from chalicelib.policy.reading.faults import PolicyFault

_SNIPPETS = {
    "calendar": """\
calendar:
  holidays: {holidays}
""",
    "people": """\
people:
  manager: {{{of}: {manager}}}
  director: {{{of}: {director}}}
tiers:
  - {{roles: clerk, acting: true}}
  - {{roles: manager, acting: true, within: 1 working day}}
  - {{roles: director, acting: true, within: 1 working day}}
""",
    "intake": """\
intake:
  categories:
    problem:
      late: {{{of}: {late}}}
      damaged: {{{of}: {damaged}}}
  required: problem
  tells: [complainant, clerk]
""",
    "stages": """\
fields:
  answer: {{{of}: {answer}}}
  reason: {{{of}: {reason}}}
stages:
  registered:
    offer: {{by: clerk, to: answered, needs: answer, tells: {{to: complainant, encloses: answer}}}}
  answered:
    name: {{{of}: {answered}}}
    agree: {{by: complainant, to: closed, tells: clerk}}
    dispute: {{by: complainant, to: disputed, needs: reason, tells: manager}}
    close: {{by: manager, to: closed, tells: complainant}}
  disputed:
    name: {{{of}: {disputed}}}
    decide: {{by: manager, to: closed, needs: answer, tells: {{to: complainant, encloses: answer}}}}
""",
    "clocks": """\
clocks:
  first_answer:
    name: {{{of}: {first_answer}}}
    from: registered
    until: [offered, closed]
    within: 5 working days
  silence:
    name: {{{of}: {silence}}}
    from: offered
    until: [agreed, disputed]
    within: 14 calendar days
    missed: {{act: close}}
    duty: complainant
  second_answer:
    name: {{{of}: {second_answer}}}
    from: disputed
    until: decided
    within: 10 working days
""",
    "examples": """\
examples:
  - given: {{channel: web, category: late}}
    events: {{registered: 2026-11-24T10:00}}
    then: {{first_answer: 2026-12-01T17:00}}
""",
}
"""By the part of the document that the step is about. Labels come from the catalogue."""


class TutorialStep(NamedTuple):
    part: str
    snippet: str
    done: bool


def steps(text: str, found: Sequence[TextFinding], language: str) -> list[TutorialStep]:
    """A step is done if its part says more than the smallest procedure, and the check finds no fault in it."""
    written, least = _read(text), _read(smallest.empty_text(language))
    return [TutorialStep(part, snippet(part, language), _done(part, written, least, found)) for part in _SNIPPETS]


def _done(part: str, written: Mapping[str, Any], least: Mapping[str, Any], found: Sequence[TextFinding]) -> bool:
    faulty = any(not one.hint and (one.pointer + "/").startswith(f"/{part}/") for one in found)
    return bool(written.get(part)) and written[part] != least.get(part) and not faulty


def _read(text: str) -> Mapping[str, Any]:
    try:
        values = source.read(text)
    except PolicyFault:
        return {}
    return values if isinstance(values, Mapping) else {}


def snippet(part: str, language: str) -> str:
    return _SNIPPETS[part].format(**catalogue.words("studio_tutorial", language), of=language)


def joined(text: str, part: str, language: str) -> str:
    """The text with the snippet of the step: what it names anew is added, and what it names again is replaced.

    Raises `PolicyFault` as `edit_text`, and if the text cannot be read. The same text if there is no such step.
    """
    from chalicelib.policy.editing.edit_text import edit_text  # only where a text is changed

    if part not in _SNIPPETS:
        return text
    written = source.read(text)
    return edit_text(text, list(differences.between(written, _merged(written, source.read(snippet(part, language))))))


def _merged(before: Any, added: Any) -> Any:
    if not isinstance(before, Mapping) or not isinstance(added, Mapping):
        return added
    return {**before, **{key: _merged(before.get(key), value) for key, value in added.items()}}
