"""What a caller gives for an act on a notice, and the checks of texts for publication."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

import msgspec

from chalicelib.kit.decoding import RequestDocument, SeenText
from chalicelib.kit.problem import Place, Problem, Text
from chalicelib.particulars.search import Particular, doubts, find
from chalicelib.particulars.terms import Terms
from chalicelib.policy.language.facts import Fact
from chalicelib.policy.language.values import fact_kinds
from chalicelib.policy.language.values.value_context import InvalidFieldValue, ValueContext

MOST_TEXT, MOST_REASON = 4_000, 1_000
"""Characters."""
_Text = Annotated[SeenText, msgspec.Meta(max_length=MOST_TEXT)]
_Reason = Annotated[SeenText, msgspec.Meta(max_length=MOST_REASON)]
_Name = Annotated[SeenText, msgspec.Meta(max_length=100)]


class NoticeInput(RequestDocument, frozen=True, kw_only=True):
    """`texts`: new texts by field. `fields`: the fields that the complainant also consents to; by default all that need
    it. `sha256`: of the notice that the caller has read; a consent and an approval must have it once the text has
    changed. `upheld`: whether the objection is right. `conceal`: hides the former text in a correction. `checked`: the
    caller has checked each place that may name a particular."""

    texts: dict[_Name, _Text] | None = None
    reason: _Reason | None = None
    fields: list[_Name] | None = None
    sha256: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")] | None = None
    upheld: bool | None = None
    conceal: bool | None = None
    checked: bool | None = None


class ActOnNotice(RequestDocument, frozen=True, kw_only=True):
    """`on_behalf_of`: a member records the consent or the objection of a party."""

    fields: NoticeInput = NoticeInput()
    on_behalf_of: Literal["complainant", "respondent"] | None = None


_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Controls that show a text in another order than it is stored."""


def cleaned(texts: Mapping[str, str], root: str) -> dict[str, str]:
    """The texts as texts of acts are stored. Raises `Problem("invalid")` for control characters and blank texts."""
    found, places = {}, []
    for name, text in texts.items():
        try:
            found[name] = fact_kinds.read("text", text, ValueContext((), Fact(), 0, None))
        except InvalidFieldValue as wrong:
            places.append(Place(f"{root}/{name}" if name else root, wrong.sentence))
    if places:
        raise Problem("invalid", "A text is invalid.", places=places)
    turning = [
        Place(f"{root}/{name}" if name else root, "must not change the direction of writing")
        for name, text in found.items()
        if _BIDI & set(text)
    ]
    if turning:
        raise Problem("invalid", "A text is invalid.", places=turning)
    return found


def refuse_particulars(texts: Mapping[str, str], terms: Terms, root: str) -> None:
    """Raises `Problem("invalid")` with the place of each particular. The problem does not repeat it."""
    places = [
        Place(
            path,
            Text("names a particular of the case: characters {first} to {last}", first=one.start + 1, last=one.end),
            more=_indexes(one),
        )
        for path, text in _by_path(texts, root)
        for one in find(text, terms)
    ]
    if places:
        raise Problem("invalid", "A text for publication must not name particulars of the case.", places=places)


def refuse_unchecked(texts: Mapping[str, str], terms: Terms, root: str, *, checked: bool | None) -> None:
    """The same for texts that are published next, also with places that may name a particular, unless `checked`."""
    refuse_particulars(texts, terms, root)
    if not checked:
        _refuse_doubts(texts, terms, root)


def _refuse_doubts(texts: Mapping[str, str], terms: Terms, root: str) -> None:
    places = [
        Place(
            path,
            Text("may name a particular: characters {first} to {last}; check them", first=one.start + 1, last=one.end),
            more=_indexes(one),
        )
        for path, text in _by_path(texts, root)
        for one in doubts(text, terms)
    ]
    if places:
        raise Problem(
            "invalid", "A text for publication may name particulars. Check them, and send `checked`.", places=places
        )


def _by_path(texts: Mapping[str, str], root: str) -> list[tuple[str, str]]:
    return [(f"{root}/{name}" if name else root, text) for name, text in texts.items()]


def _indexes(one: Particular) -> dict[str, int | str]:
    return {"start": one.start, "end": one.end, "kind": one.kind}
