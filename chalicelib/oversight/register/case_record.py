"""Reads a case for a notice: its events, and its private values with the events that gave them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from chalicelib.casework import private_values
from chalicelib.complaints.envelope import Event, PrivateValue
from chalicelib.oversight.register.composing import WrittenText
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language import fact_kinds
from chalicelib.ports import Sealer
from chalicelib.store import event_log, keys, paging
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Store


class CaseRecord(msgspec.Struct, frozen=True):
    """`private`: by the number of the event that gave them."""

    events: list[Event]
    private: Mapping[int, list[PrivateValue]]

    def written(self, policy: Policy, until: int) -> dict[str, WrittenText]:
        """The last text of each field of acts that parties and staff may read, up to event `until`."""
        by_seq = {event.seq: event for event in self.events}
        found: dict[str, WrittenText] = {}
        for seq, name, value in self._contents(until):
            fact = policy.document.fields.get(name)
            if fact is not None and fact_kinds.of(fact.kind).is_free_text and by_seq[seq].type != "proposed":
                found[name] = WrittenText(str(value), by_seq[seq])
        return found

    def _contents(self, until: int) -> Iterator[tuple[int, str, object]]:
        for seq in sorted(self.private):
            if seq <= until:
                for value in self.private[seq]:
                    if value.holder == "content":
                        yield from ((seq, name, one) for name, one in value.values.items())


def read(store: Store, sealer: Sealer, ref: CaseRef) -> CaseRecord:
    """Values that cannot be decrypted are left out."""
    private: dict[int, list[PrivateValue]] = {}
    for entry in paging.items(store, ref.pk, keys.PRIVATE_VALUES):
        value = private_values.try_open(sealer, ref, entry)
        if value is not None:
            private.setdefault(keys.private_place(entry.key)[0], []).append(value)
    return CaseRecord(list(event_log.read(store, ref.pk)), private)
