"""Finds the earlier complaints about the same matter as a filing (`intake.repeats`), by the look-ups of its facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from itertools import islice
from typing import Any

from msgspec.structs import replace

from chalicelib.casework import fact_lookups, snapshot
from chalicelib.complaints import repeats
from chalicelib.complaints.filing import SUBJECT, Filing
from chalicelib.complaints.state import Complaint
from chalicelib.kit.instants import Instant
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.conditions import ordinal
from chalicelib.ports import Secrets
from chalicelib.store import reads
from chalicelib.store.port import Key, Store

MOST = 20
"""The most earlier complaints that are found, the newest first. Conditions tell two from more, no further."""
MOST_READ = 200
"""Look-ups that are read of each value of a fact: the newest."""
_A_READ = 100
"""Keys that the store reads at once."""
_KINDS = {"subject": (SUBJECT,), "complainant": fact_lookups.CUSTOMER}
"""By word of `same`: the kinds of look-ups, of which one is enough."""


def with_repeat(store: Store, secrets: Secrets, tenant: str, policy: Policy, filing: Filing, now: Instant) -> Filing:
    """The filing with the earlier complaints that count. The caller binds the tenant.

    Two filings at the same time do not see each other.
    """
    rule = policy.document.intake.repeats
    if rule is None:
        return filing
    facts = {**filing.facts, SUBJECT: filing.subject} if filing.subject is not None else filing.facts
    partitions = partial(_partitions, secrets, tenant, policy, facts)
    first, *others = (
        partitions(_KINDS[same]) for same in sorted(rule.same)
    )  # the complainant has fewer than a subject
    numbers = {number for pk in first for number in _newest(store, pk)}
    for pks in others:
        numbers = _also_in(store, pks, numbers)
    earlier: list[str] = []
    for complaint in _newest_first(store, tenant, sorted(numbers, reverse=True)):
        if repeats.is_over(policy, complaint, now) or len(earlier) == MOST:
            break  # so are all that were registered before
        if repeats.counts(complaint):
            earlier.append(complaint.number)
    return replace(filing, repeat=ordinal(1 + len(earlier)), earlier=earlier)


def _partitions(
    secrets: Secrets, tenant: str, policy: Policy, facts: Mapping[str, Any], kinds: tuple[str, ...]
) -> list[str]:
    intake = policy.document.intake
    return [pk for kind in kinds for pk in fact_lookups.partitions(secrets, tenant, intake, facts, kind)]


def _also_in(store: Store, pks: list[str], numbers: set[str]) -> set[str]:
    """The numbers that one of the partitions has, also behind its newest ones."""
    wanted = [Key(pk, number) for pk in pks for number in sorted(numbers)]
    return {key.sk for first in range(0, len(wanted), _A_READ) for key in store.get(wanted[first : first + _A_READ])}


def _newest(store: Store, pk: str) -> Iterator[str]:
    entries = reads.entries(partial(store.query, pk, limit=MOST_READ, newest_first=True))
    return (entry.key.sk for entry in islice(entries, MOST_READ))


def _newest_first(store: Store, tenant: str, numbers: list[str]) -> Iterator[Complaint]:
    for first in range(0, len(numbers), MOST):
        yield from snapshot.read_complaints(store, tenant, numbers[first : first + MOST])
