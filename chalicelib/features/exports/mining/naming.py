"""The ids of a record's objects in an event log."""

from __future__ import annotations

from typing import NamedTuple

from chalicelib.complaints.envelope import PARTIES
from chalicelib.features.exports.mining.pseudonyms import Pseudonym
from chalicelib.store import keys


class Naming(NamedTuple):
    """Units and policy versions keep their names, which are the organisation's own words."""

    pseudonym: Pseudonym
    record: str
    """The number of the complaint or of the unit (`U#<unit>`)."""

    @property
    def is_of_complaint(self) -> bool:
        return not keys.is_unit(self.record)

    @property
    def subject(self) -> str | None:
        """The complaint or the unit that the record is about; None for the organisation as a whole."""
        if self.is_of_complaint:
            return self.complaint(self.record)
        name = keys.unit_name(self.record)
        return None if name == keys.WHOLE else unit(name)

    def complaint(self, number: str) -> str:
        return self.pseudonym("complaint", number)

    def person(self, identity: str) -> str:
        """`identity`: a person's `sub`, or a party, who is another person in each complaint."""
        return self.pseudonym("person", f"{self.record}/{identity}" if identity in PARTIES else identity)

    def event(self, seq: int) -> str:
        return self.pseudonym("event", f"{self.record}/{seq}")

    def run(self, clock: str, n: int) -> str:
        return self.pseudonym("run", f"{self.record}/{clock}/{n}")

    def task(self, opened: str) -> str:
        """`opened`: the id of the event that opened it, as is that of a demand."""
        return self.pseudonym("task", opened)

    def demand(self, event_id: str) -> str:
        return self.pseudonym("demand", event_id)

    def file(self, evidence: str) -> str:
        return self.pseudonym("file", f"{self.record}/{evidence}")

    def event_id(self, seq: int) -> str:
        """The id of the event with this number."""
        return f"{self.record}/{seq}"


def unit(name: str) -> str:
    return f"unit:{name}"


def policy_version(version: str) -> str:
    return f"policy:{version}"
