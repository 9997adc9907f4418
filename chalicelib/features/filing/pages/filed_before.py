"""Whether this device has just filed about the same: from the drafts of its own cookies, of which strangers have none.

Nothing that others have filed is read or compared, so the answer tells nothing about them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from chalicelib.complaints.fields import class_of
from chalicelib.complaints.rights.confidentiality import CONTENT
from chalicelib.features.filing import drafts
from chalicelib.features.filing.drafts import FilingAnswers
from chalicelib.features.filing.form import FilingForm
from chalicelib.features.filing.pages import draft_cookie
from chalicelib.features.filing.pages.draft_cookie import OwnDraft
from chalicelib.policy.language.facts import Fact
from chalicelib.policy.language.values import fact_kinds
from chalicelib.web.call import Call
from chalicelib.web.pages.times import time_text

LEAST_LENGTH = 12
"""Characters of a text that is compared. Shorter ones are alike by chance."""
ALIKE = 0.5
"""The share of pairs of neighbouring characters that two texts about the same have in common."""


class FiledBefore(msgspec.Struct, frozen=True):
    """`path`: of the page with the receipt."""

    number: str
    at: str
    path: str


def filed_before(call: Call, own: OwnDraft, form: FilingForm) -> FiledBefore | None:
    """The newest complaint that this device filed within the last hour about the same as the draft, in one read."""
    others = [one.ref for one in draft_cookie.own(call) if one.ref.id != own.ref.id]
    found = drafts.load_filed(call.wiring, others) if others else []
    intake, given = form.policy.document.intake, form.complaint().filing
    subjects = [given.subject, *(given.facts.get(name) for name in intake.subject)]
    texts = [given.facts.get(name) for name, fact in intake.facts.items() if _is_content(name, fact)]
    same = [(ref, content) for ref, content in found if _is_same(content, subjects, texts)]
    if not same:
        return None
    ref, newest = max(same, key=lambda one: one[1].at)
    filed: Mapping[str, Any] = newest.filed or {}
    return FiledBefore(
        number=filed["number"],
        at=time_text(form.policy.calendar, form.reader, newest.at),
        path=f"/t/{ref.tenant}/file/{ref.id}/filed",
    )


def _is_content(name: str, fact: Fact) -> bool:
    """Whether it is free text about what happened, not about a person."""
    return fact_kinds.of(fact.kind).is_free_text and class_of(name, fact) == CONTENT


def _is_same(earlier: FilingAnswers, subjects: Iterable[Any], texts: Iterable[Any]) -> bool:
    """By a subject that both name, or by texts that are nearly equal."""
    filed = [_plain(text) for _, text in earlier.lines]
    if any(_plain(str(one)) in filed for one in subjects if one):
        return True
    long = [one for one in filed if len(one) >= LEAST_LENGTH]
    compared = [text for text in (_plain(one) for one in texts if isinstance(one, str)) if len(text) >= LEAST_LENGTH]
    return any(_alike(text, long) for text in compared)


def _plain(text: str) -> str:
    """Without differences of width, case and spaces."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _alike(text: str, others: Sequence[str]) -> bool:
    pairs = _pairs(text)
    return any(len(pairs & _pairs(other)) >= ALIKE * len(pairs | _pairs(other)) for other in others)


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[at : at + 2] for at in range(len(text) - 1))
