"""What a report says is stored encrypted, with the operators under a key that no organisation's session can unwrap."""

from __future__ import annotations

import msgspec
import pytest
from msgspec.structs import force_setattr

from chalicelib.access import binding
from chalicelib.access.binding import Unbound
from chalicelib.complaints.envelope import break_in_chain
from chalicelib.crypto.data_keys import OPERATORS
from chalicelib.features.supervision import events
from chalicelib.features.supervision.custody import Custody
from tests.clauses.offices.marketplace import marketplace_in
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.helpers.fakes.sealer import FakeKms, real_sealer
from tests.kernel.web.untouched import in_process, state
from tests.supervision.reporting import WORDS, Reported, about, act, add, operate, report, seen


@pytest.fixture
def kms() -> FakeKms:
    return FakeKms()


@pytest.fixture
def office(kms: FakeKms) -> Organisation:
    found = marketplace_in(InProcess("2026-11-27T09:00:00+08:00"))
    found.subs["owner"] = found.get("/people/me", "owner")["sub"]
    another_process(found, kms)
    return found


def another_process(office: Organisation, kms: FakeKms) -> None:
    """A new process: no data key is unwrapped yet."""
    fakes = in_process(office).fakes
    force_setattr(fakes.wiring, "sealer", real_sealer(fakes.store, kms))


def worked(office: Organisation) -> Reported:
    """A report with a message of each side."""
    reported = report(office, about(office, "handler"), complaint="202611-000001", contact="匿名联系方式")
    add(office, reported, "有转账记录。")
    act(office, reported, "supervisor", "note", text="先核对流水。")
    return reported


def test_nothing_of_it_is_stored_in_plain_text(office: Organisation) -> None:
    worked(office)
    report(office, about(office, "supervisor", "owner"), contact="匿名联系方式")

    stored = str([entry for entry in state(office)["entries"].values() if "supervision-" in entry.kind])
    assert "supervision-event" in stored
    for text in (WORDS, "转账记录", "先核对", "匿名", "202611-000001", office.subs["handler"]):
        assert text not in stored


def test_another_process_reads_it(office: Organisation, kms: FakeKms) -> None:
    ordinary, sealed = worked(office), report(office, about(office, "supervisor", "owner"))
    another_process(office, kms)

    assert seen(office, ordinary, "supervisor")["events"][0]["text"] == WORDS
    assert operate(office.world, "GET", f"/{office.id}/{sealed.id}").json["events"][0]["text"] == WORDS


def test_the_operators_key_is_out_of_reach_under_the_organisations_binding(office: Organisation, kms: FakeKms) -> None:
    report(office, about(office, "supervisor", "owner"))
    another_process(office, kms)
    sealer = in_process(office).fakes.wiring.sealer

    with binding.tenant(office.id), pytest.raises(Unbound):
        sealer.seal(OPERATORS, "x", b"x")


def test_the_events_of_a_report_are_chained(office: Organisation) -> None:
    reported = worked(office)
    fakes = in_process(office).fakes

    with binding.tenant(office.id):
        found = events.load(fakes.store, fakes.wiring.sealer, Custody(office.id, reported.id))
        assert found is not None
        texts = [events.private_value(fakes.wiring.sealer, found.custody, one) for one in found.events]
    chain = [msgspec.to_builtins(one.event) for one in found.events]

    assert break_in_chain(chain) is None
    assert [one["private"] for one in chain] == [[] if text is None else [text.digest()] for text in texts]
    assert found.report.head == chain[-1]["hash"]
    chain[1]["at"] = "2026-11-27T00:00:00.000Z"
    assert break_in_chain(chain) == 1
