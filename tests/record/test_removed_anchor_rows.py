"""A record that was cut off by an attacker who also removed what the table says of the later anchors (X.4)."""

from __future__ import annotations

import msgspec

from chalicelib.access import binding
from chalicelib.features.record import anchoring, verification
from chalicelib.store import keys
from chalicelib.store.port import Remove
from tests.clauses.offices.company import WORK_ORDER
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.exports.exported import START, hour, world_of
from tests.record.test_anchoring import entry, verified
from tests.record.test_forged_chains import hours_later, rewritten


def cut_off(company: Organisation, number: str, last: int) -> None:
    """Removes the later events, fits the state to them, and removes the rows of all anchors but the first."""
    pk, store = keys.complaint(company.id, number), world_of(company).fakes.store
    events = company.events(number)
    snapshot = msgspec.json.decode(entry(company, keys.snapshot(pk)).body)
    rows = sorted(one.key for one in store.everything() if one.kind == anchoring.KIND)
    with binding.tenant(company.id):
        store.commit(
            [
                rewritten(company, keys.snapshot(pk), {**snapshot, "head": events[last - 1]["hash"]}),
                *(Remove(keys.event(pk, seq)) for seq in range(last + 1, len(events) + 1)),
                *(Remove(key) for key in rows[1:]),
            ]
        )


def test_a_cut_off_record_is_compared_with_its_last_anchor_whatever_rows_the_table_has() -> None:
    company = sign_up(InProcess(START), "corporate-standard")
    hours_later(company, 1, filing=True)
    number = company.file()
    hour(company)
    last = len(company.events(number))
    hours_later(company, verification.NEWEST + 1, filing=True)
    company.act(number, "agent", "accept", **WORK_ORDER)
    hour(company)
    before = verified(company, number)

    cut_off(company, number, last)

    found = verified(company, number)
    assert (found["anchor"]["n"], found["cut_off"]) == (before["anchor"]["n"], True)
