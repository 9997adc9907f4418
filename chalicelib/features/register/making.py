"""Makes a notice from a case: its fields, the terms that it must not name, and what it waits for under the policy."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping
from functools import reduce
from operator import or_

import msgspec
from msgspec.structs import replace

from chalicelib.casework.composing.committed_event import CommittedEvent
from chalicelib.casework.private_values import Record
from chalicelib.complaints.envelope import unit_after
from chalicelib.features.register.composing import Sources, compose
from chalicelib.features.register.notice import Notice, NoticeKind, NoticeTexts, ObjectionRight
from chalicelib.kit.instants import Instant, from_text
from chalicelib.particulars.search import find
from chalicelib.particulars.terms import Terms, of_file_name, of_free_text, of_value
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.conditions import holds
from chalicelib.policy.language.publicity import Notices, Results
from chalicelib.policy.worktime import due_time, parse_limit

_PARTIES = frozenset({"complainant", "respondent"})


def case_terms(policy: Policy, record: Record, number: str, others: Iterable[str]) -> Terms:
    """`others`: further names that the text must not contain, such as that of the unit."""
    found = [of_value("name", number), *(of_value("name", one) for one in others)]
    return reduce(or_, [*found, *_of_private(policy, record)], Terms())


def _of_private(policy: Policy, record: Record) -> Iterator[Terms]:
    intake = policy.document.intake
    identifying = {*intake.subject, *([] if intake.phone is None else [intake.phone]), *intake.email}
    for event in record.events:
        for value in record.private.get(event.seq, []):
            for name, one in value.values.items():
                if event.type == "evidence_declared":
                    yield of_file_name(str(one))
                elif value.holder in _PARTIES or name in identifying:
                    yield of_value(name, str(one))
                yield of_free_text(str(one))


class Cause(msgspec.Struct, frozen=True):
    """An event after which the policy's `part` publishes something."""

    committed: CommittedEvent
    part: Notices | Results
    now: Instant

    @property
    def kind(self) -> NoticeKind:
        return "notice" if isinstance(self.part, Notices) else "result"


class Made(msgspec.Struct, frozen=True):
    notice: Notice
    texts: NoticeTexts


def make(cause: Cause, sources: Sources, record: Record) -> Made:
    """A person approves each text: what the search does not find, nothing else would stop."""
    event, part = cause.committed.event, cause.part
    fields = compose(sources, part.shows)
    texts = {one.name: sources.texts[one.name].text for one in fields if one.kind == "text"}
    made = Notice(
        id=secrets.token_hex(16),
        number=cause.committed.number,
        cause=event.seq,
        on=event.type,
        made=cause.now,
        kind=cause.kind,
        audience=part.audience,
        policy=event.policy,
        fields=fields,
        not_before=from_text(event.at),
    )
    if texts:
        terms = terms_of(sources.case.policy, record, made, sources.units)
        made = replace(made, unsafe=unsafe(texts, terms), approval="asked")
    return Made(_with_waits(cause, made, sources) if isinstance(part, Notices) else made, NoticeTexts(fields=texts))


def _with_waits(cause: Cause, made: Notice, sources: Sources) -> Notice:
    part, policy = cause.part, cause.committed.policy
    if not isinstance(part, Notices):
        raise TypeError("results wait for no one")
    asks_approval = part.approval is not None and holds(part.approval.when, sources.case.situation)
    right = part.objection
    return replace(
        made,
        not_before=end(policy, part.delay, made.not_before),
        consent="asked" if part.consent == "complainant" else "none",
        approval="asked" if asks_approval else made.approval,
        objection=None if right is None else ObjectionRight(by=right.by, until=end(policy, right.within, cause.now)),
    )


def end(policy: Policy, limit: str | None, start: Instant) -> Instant:
    """The end of the time from `start`; `start` without a limit."""
    due = None if limit is None else due_time(policy.calendar, parse_limit(limit), start).due
    return start if due is None else due


def terms_of(policy: Policy, record: Record, of: Notice, units: Mapping[str, str]) -> Terms:
    """What a text of this notice may not contain: also the name of the case's unit, unless the notice shows it."""
    own = None
    for event in record.events:
        own = unit_after(event, own)
    unit = units.get(own or "")
    is_shown = unit is None or any(field.name == "unit" for field in of.fields)
    return case_terms(policy, record, of.number, () if is_shown else [str(unit)])


def unsafe(texts: dict[str, str], terms: Terms) -> list[str]:
    """The names of the texts that contain a particular."""
    return [name for name, text in texts.items() if find(text, terms)]
