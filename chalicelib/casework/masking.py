"""What a respondent reads: the texts of a case, without what identifies the complainant and other people (0125).

The search for particulars takes some milliseconds a text, and its tables some megabytes: `particulars` is loaded with
the first text that is searched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.structs import replace

from chalicelib.casework import private_values
from chalicelib.casework.private_values import MaskPlace, Private, ShownValues
from chalicelib.casework.record_views import MaskView
from chalicelib.complaints.applying.masking import STATE_AFTER, Mask, Masking, MaskState
from chalicelib.complaints.envelope import Event, PrivateValue, Secrets
from chalicelib.complaints.fields import pointer
from chalicelib.complaints.rights.confidentiality import IDENTITY, TO_RESPONDENT, respondents_read
from chalicelib.complaints.rights.permits import RESPONDENT
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.vocabulary import BEFORE_EFFECT
from chalicelib.ports import Sealer
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Store

if TYPE_CHECKING:
    from chalicelib.particulars.search import Particular
    from chalicelib.particulars.terms import Terms

MASK = "▇▇▇"
"""Stands for a particular of any length."""
_FILING = 1


class Finding(msgspec.Struct, frozen=True):
    """A particular in a text: in the event `seq`, in the field and its parts `path`, the `n`-th from 1.

    `start` and `end`: the indexes of its first character and of the one behind it.
    """

    seq: int
    path: tuple[str, ...]
    n: int
    start: int
    end: int
    text: str

    def mask(self, number: str) -> str:
        """The name of its mask, which tells neither the particular nor its length."""
        return "/".join((number, str(self.seq), *self.path, str(self.n)))


def as_read(policy: Policy, number: str, events: Sequence[Event], private: Private) -> ShownValues:
    """The values as the respondent may read them: with a mask for each finding that is not released."""
    decided, found = decisions(events, private), findings(policy, events, private)
    return masked(private, [one for one in found if _state(decided, one.mask(number), one) != "released"])


Decisions = Mapping[str, tuple[MaskState, str]]


def decisions(events: Sequence[Event], private: Private) -> Decisions:
    """By mask: its state after the last decision, and the particular that this was about.

    A search that finds something else there, such as that of a later version, has not been decided on.
    """
    return {
        mask: (STATE_AFTER[event.type], text)
        for event in events
        if event.type in STATE_AFTER
        for value in private.get(event.seq, ())
        for mask, text in zip(event.fields["masks"], value.values["particulars"], strict=True)
    }


def views(policy: Policy, number: str, events: Sequence[Event], private: Private) -> list[MaskView]:
    """What a respondent reads as masks in the record, or did."""
    if not respondents_read(policy):
        return []
    decided, ids = decisions(events, private), {event.seq: event.id for event in events}
    named = ((one.mask(number), one) for one in findings(policy, events, private))
    return [
        MaskView(
            mask=name,
            pointer=pointer("values", ids[one.seq], *one.path),
            at=one.start,
            length=one.end - one.start,
            state=_state(decided, name, one),
        )
        for name, one in named
    ]


def load(store: Store, sealer: Sealer, policy: Policy, ref: CaseRef) -> Masking:
    """The masks of a complaint, for acts that decide on them or begin the respondent's time.

    There are none where no respondent reads the texts: no time waits for them.
    """
    if not respondents_read(policy):
        return Masking({})
    record = private_values.read_record(store, sealer, ref)
    events, private = record.events, record.private
    decided = decisions(events, private)
    named = {one.mask(ref.number): one for one in findings(policy, events, private)}
    masks = {name: Mask(one.text, _state(decided, name, one)) for name, one in named.items()}

    def finds(added: Secrets) -> bool:
        texts = [text for holder in TO_RESPONDENT & added.keys() for _, text in _texts(added[holder])]
        search = _search(policy, private) if texts else None
        return any(True for text in texts if search for _ in search(text))

    return Masking(masks, finds)


def _state(decided: Decisions, name: str, finding: Finding) -> MaskState:
    state, text = decided.get(name, ("pending", ""))
    return state if text == finding.text else "pending"


def findings(policy: Policy, events: Sequence[Event], private: Private) -> list[Finding]:
    """The particulars in all texts that the respondent reads, in the order of the record.

    What respondents wrote themselves is not searched, nor a value that the filing gives as the respondent's own.
    """
    texts = [
        (event.seq, path, text)
        for event in events
        if event.actor["kind"] != RESPONDENT and event.type not in BEFORE_EFFECT
        for value in private.get(event.seq, ())
        if value.holder in TO_RESPONDENT
        for path, text in _texts(value.values)
    ]
    search = _search(policy, private) if texts else None
    return [Finding(seq, path, n, *found) for seq, path, text in texts if search for n, found in search(text)]


def masked(private: Private, hidden: Sequence[Finding]) -> ShownValues:
    """The private values with a mask in place of each of these findings."""
    by_text: dict[tuple[int, tuple[str, ...]], list[Finding]] = {}
    for one in hidden:
        by_text.setdefault((one.seq, one.path), []).append(one)
    places: list[MaskPlace] = []
    found: dict[int, list[PrivateValue]] = {}
    for seq, values in private.items():

        def shown(path: tuple[str, ...], text: str, seq: int = seq) -> str:
            pieces, behind = list[str](), 0
            for one in by_text.get((seq, path), ()):
                pieces.append(text[behind : one.start])
                places.append(MaskPlace(seq, path, sum(map(len, pieces))))
                pieces.append(MASK)
                behind = one.end
            return "".join([*pieces, text[behind:]])

        found[seq] = [
            replace(one, values=_changed(one.values, shown)) if one.holder in TO_RESPONDENT else one for one in values
        ]
    return ShownValues(found, places)


def hide(text: str, terms: Terms) -> str:
    """The text with a mask in place of each particular."""
    pieces, behind = list[str](), 0
    for one in _particulars(text, terms):
        pieces += [text[behind : one.start], MASK]
        behind = one.end
    return "".join([*pieces, text[behind:]])


def _particulars(text: str, terms: Terms) -> list[Particular]:
    """What respondents do not read, in any text: the terms, those of the text itself, and what may name a person."""
    from chalicelib.particulars.search import of_people
    from chalicelib.particulars.terms import of_person_in

    return of_people(text, terms | of_person_in(text))


def _texts(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Each text in the value, with the keys that lead to it. A number is a text too: it can be that of a telephone."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict | list):
        for key, part in _parts(value):
            yield from _texts(part, (*path, key))
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield path, str(value)


def _parts(value: dict[str, Any] | list[Any]) -> Iterator[tuple[str, Any]]:
    return iter(value.items()) if isinstance(value, dict) else ((str(n), part) for n, part in enumerate(value))


def _changed(value: Any, shown: Callable[[tuple[str, ...], str], str], path: tuple[str, ...] = ()) -> Any:
    """The value with other texts. A number without a mask stays a number."""
    if isinstance(value, str):
        return shown(path, value)
    if isinstance(value, dict):
        return {key: _changed(part, shown, (*path, key)) for key, part in value.items()}
    if isinstance(value, list):
        return [_changed(part, shown, (*path, str(n))) for n, part in enumerate(value)]
    if isinstance(value, int | float) and not isinstance(value, bool):
        text = shown(path, str(value))
        return value if text == str(value) else text
    return value


_Found = tuple[int, tuple[int, int, str]]


def _search(policy: Policy, private: Private) -> Callable[[str], Iterator[_Found]]:
    """Searches a text, in time that grows with its length. What it finds is counted from 1."""
    from chalicelib.particulars.normal import normal
    from chalicelib.particulars.terms import Terms

    terms = reduce(or_, _terms(policy, private), Terms())
    own = {normal(text).words.text for text in _of_class(private, RESPONDENT)}
    own -= {normal(text).words.text for text in _of_class(private, IDENTITY)}

    def search(text: str) -> Iterator[_Found]:
        found = ((one.start, one.end, text[one.start : one.end]) for one in _particulars(text, terms))
        return enumerate((one for one in found if normal(one[2]).words.text not in own), 1)

    return search


def _terms(policy: Policy, private: Private) -> Iterator[Terms]:
    """What identifies the complainant, and what the filing names. The respondent knows its own particulars.

    A subject of class `content`, such as an order, is shown: the policy says so. Later texts add no terms: each of them
    would be searched for in all others.
    """
    from chalicelib.particulars.terms import of_free_text, of_person_in, of_value

    intake = policy.document.intake
    contacts = {intake.phone, *intake.email}
    for seq, value in ((seq, one) for seq, values in private.items() for one in values if one.holder != RESPONDENT):
        for path, text in _texts(value.values):
            if value.holder == IDENTITY or path[0] in contacts:
                yield of_value(path[0], text)
            if value.holder == IDENTITY:
                yield of_free_text(text)
            elif seq == _FILING:
                yield of_person_in(text)


def _of_class(private: Private, holder: str) -> Iterator[str]:
    return (
        text
        for values in private.values()
        for value in values
        if value.holder == holder
        for _, text in _texts(value.values)
    )
