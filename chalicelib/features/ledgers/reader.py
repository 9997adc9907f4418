"""Who reads a ledger: its roles, each for the units that they cover, and the owners."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from chalicelib.casework import authorization
from chalicelib.casework.authorization import Member, restrict_to_unit
from chalicelib.casework.snapshot import QueueRow
from chalicelib.complaints.permits import Asker, Grant, covers
from chalicelib.features.ledgers.matter import Matter
from chalicelib.kit.problem import Problem
from chalicelib.store.port import Store
from chalicelib.tenants.names import OWNER


class Reader(msgspec.Struct, frozen=True):
    """`grants`: the caller's grants of a role that keeps the ledger, or of the owner."""

    asker: Asker
    grants: tuple[Grant, ...]

    def seen(self, rows: Iterable[QueueRow]) -> Iterator[QueueRow]:
        """The rows of matters that the caller sees."""
        for row, _ in authorization.seen_rows(self.asker, rows):
            if self._keeps(row.unit):
                yield row

    def seen_matters(self, store: Store, tenant: str, matters: Sequence[Matter]) -> list[Matter]:
        """Those of a frozen ledger that the caller sees."""
        kept = [one for one in matters if self._keeps(one.unit)]
        shown = set(authorization.not_excluding(store, tenant, self.asker, [one.number for one in kept]))
        return [one for one in kept if one.number in shown]

    def _keeps(self, unit: str | None) -> bool:
        """Also false for a matter of a unit whose respondent the caller is."""
        restricted = restrict_to_unit(self.asker, unit)
        return restricted is not None and restricted.kind == "staff" and any(covers(one, unit) for one in self.grants)

    @property
    def units(self) -> list[str] | None:
        """The units to which they are restricted; None for the whole organisation."""
        if any(one.unit is None for one in self.grants):
            return None
        return sorted({one.unit for one in self.grants if one.unit is not None})


def reads(member: Member, roles: Sequence[str]) -> bool:
    """Whether they have a grant of one of these roles or of the owner."""
    return any(one.role in (*roles, OWNER) for one in member.asker.grants)


def as_reader(member: Member, roles: Sequence[str]) -> Reader:
    """Raises `Problem("forbidden")` without a grant of one of these roles or of the owner."""
    if not reads(member, roles):
        raise Problem("forbidden", "Only the roles that keep this ledger, and the owners, may read it.")
    return Reader(member.asker, tuple(one for one in member.asker.grants if one.role in (*roles, OWNER)))
