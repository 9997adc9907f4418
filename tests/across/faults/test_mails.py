"""The mail service refuses connections or rejects addresses, and workers die: no message is lost."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.features.messages.delivery import LEASE
from chalicelib.features.messages.relay.relay import RelayedEvent
from chalicelib.kit.instants import DAY, HOUR, MINUTE, to_text
from chalicelib.kit.problem import Problem
from chalicelib.ports import QueueMessage
from chalicelib.store import keys
from chalicelib.store.port import Put, Remove
from chalicelib.workers import entries, reactions
from infra.memory_store.store import RecordedCall
from tests.across.faults.mails import deliveries, notices, rows, states
from tests.across.faults.office import Office
from tests.across.faults.test_many_readers import appointed
from tests.helpers.fakes.faults import Breaker, Crash


def filed(office: Office) -> str:
    """A complaint with a message to the agent, also by mail."""
    number = str(office.file(office.request("file")).body["number"])
    office.world.settle()
    return number


def later(office: Office, milliseconds: int) -> None:
    office.world.move_to(to_text(office.world.now() + milliseconds))


def test_readers_of_a_message_get_a_mail(office: Office) -> None:
    number = filed(office)

    assert notices(office) == [(office.organisation.emails["agent"], f"投诉 {number}：请提交工单")]
    assert (states(office), rows(office)) == ({"sent"}, [])


def test_a_refused_connection_only_delays_the_mail(office: Office) -> None:
    office.world.fakes.mailer.down = True
    filed(office)
    assert (states(office), rows(office), notices(office)) == ({"pending"}, ["pending"], [])

    office.world.fakes.mailer.down = False
    later(office, 2 * MINUTE)

    assert [one.tries for one in deliveries(office)] == [2]
    assert (states(office), rows(office), len(notices(office))) == ({"sent"}, [], 1)


def test_in_an_outage_one_mail_of_a_message_is_tried(office: Office) -> None:
    appointed(office, "agent", 3)
    mailer = office.world.fakes.mailer
    mailer.down = True

    filed(office)

    pending = [(one.state, one.why, one.tries) for one in deliveries(office)]
    assert pending == [("pending", "connection refused", 1)] * 4
    assert mailer.refused == 1


def test_a_mail_waits_until_the_organisation_is_open(office: Office) -> None:
    office.relist(opened=None)
    filed(office)
    assert [(one.state, one.why) for one in deliveries(office)] == [("pending", "the organisation is not open yet")]

    office.relist(opened=office.world.now())
    later(office, 2 * MINUTE)

    assert (states(office), len(notices(office))) == ({"sent"}, 1)


def test_a_rejected_address_does_not_delay_the_mails_of_others(office: Office) -> None:
    appointed(office, "agent", 3)
    office.world.fakes.mailer.rejected.add(office.organisation.emails["agent"])

    filed(office)

    assert sorted(one.state for one in deliveries(office)) == ["failed", "sent", "sent", "sent"]


def test_a_rejected_address_has_failed_with_a_reason(office: Office) -> None:
    office.world.fakes.mailer.rejected.add(office.organisation.emails["agent"])
    filed(office)
    later(office, 4 * HOUR)

    assert [(one.state, one.why, one.tries) for one in deliveries(office)] == [("failed", "InvalidParameterValue", 1)]
    assert rows(office) == ["failed"]


def test_a_member_who_was_removed_meanwhile_gets_no_mail(office: Office) -> None:
    office.world.fakes.mailer.down = True
    filed(office)
    company = office.organisation
    path = f"{company.path}/people/{company.subs['agent']}"
    assert company.world.call("DELETE", path, auth=company.auth("owner")).status == 204

    office.world.fakes.mailer.down = False
    later(office, 2 * MINUTE)

    assert notices(office) == []
    removed = [one for one in deliveries(office) if one.reader == company.subs["agent"]]
    assert [(one.state, one.why) for one in removed] == [("failed", "the reader has no e-mail address any more")]


def test_a_failed_mail_is_measured(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    office.world.fakes.mailer.rejected.add(office.organisation.emails["agent"])
    filed(office)

    assert capsys.readouterr().out.count('"MailFailed":[1.0]') == 1


def test_mails_are_given_up_after_three_days_without_the_service(office: Office) -> None:
    office.world.fakes.mailer.down = True
    filed(office)
    later(office, 3 * DAY - MINUTE)
    assert deliveries(office)[0].state == "pending"

    later(office, 2 * MINUTE)

    first = deliveries(office)[0]
    assert (first.state, first.why) == ("failed", "given up after three days; the last attempt: connection refused")
    assert 10 <= first.tries <= 15


def spoiled(office: Office) -> None:
    """The agent's mail is pending, and its event is unreadable."""
    office.world.fakes.mailer.down = True
    filed(office)
    office.world.fakes.mailer.down = False
    event = deliveries(office)[0]
    key = keys.event(keys.complaint(office.id, event.number), event.seq)
    with binding.tenant(office.id):
        office.store.commit([Put(replace(office.store.get([key])[key], body="{"), if_absent=False)])


def test_an_internal_error_is_shown_and_retried_with_growing_delays(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    spoiled(office)
    later(office, 3 * HOUR)

    first = deliveries(office)[0]
    assert (first.state, first.why) == ("pending", "an internal error (Damaged)")
    assert 3 <= first.tries <= 6
    assert '"EffectFault":[1.0]' in capsys.readouterr().out


def test_an_internal_error_is_given_up_after_three_days(office: Office) -> None:
    spoiled(office)
    later(office, 3 * DAY + HOUR)

    first = deliveries(office)[0]
    assert (first.state, first.why) == (
        "failed",
        "given up after three days; the last attempt: an internal error (Damaged)",
    )
    assert rows(office) == ["failed"]


def effect(office: Office) -> QueueMessage:
    """The only message on the queue after a filing."""
    office.file(office.request("file"))
    new = [record for record in office.store.stream_after(0) if "#C#" in record.key.pk and record.key.sk[:2] == "E#"]
    entries.relay(office.wiring.effects, {"Records": [record.to_lambda() for record in new]}, None)
    return office.world.fakes.effects.waiting[-1]


def die_at(office: Office, call: int, *, after: bool) -> None:
    """The worker's process dies at an external call while it delivers the filing's messages."""
    number = str(office.file(office.request("file")).body["number"])
    told = next(event["seq"] for event in office.record(number) if event["type"] == "notified" and agent(event))
    broken = office.world.fakes.breaking(Breaker(call, after=after))
    with pytest.raises(Crash):
        reactions.run_reactions(broken, RelayedEvent(office.id, number, told))


def agent(event: dict[str, object]) -> bool:
    return "agent" in str(event["fields"])


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("call", range(1, 7))
def test_a_worker_that_dies_anywhere_loses_no_message(office: Office, call: int, after: bool) -> None:
    die_at(office, call, after=after)

    office.world.settle()
    later(office, LEASE + MINUTE)

    assert (states(office), rows(office)) == ({"sent"}, [])
    assert {to for to, _ in notices(office)} == {office.organisation.emails["agent"]}


def test_a_first_attempt_is_not_listed_until_it_has_failed(office: Office) -> None:
    """The worker died after the mail was noted (its fifth call), so the sweep finds it and tries again in vain."""
    die_at(office, 5, after=False)
    assert (states(office), rows(office)) == ({"pending"}, [])

    office.world.fakes.mailer.down = True
    later(office, LEASE + MINUTE)
    assert rows(office) == ["pending"]

    office.world.fakes.mailer.down = False
    later(office, HOUR)
    assert (states(office), rows(office)) == ({"sent"}, [])


def test_a_repeated_message_mails_once(office: Office) -> None:
    message = effect(office)
    office.world.fakes.effects.waiting.extend([message, message])
    office.world.settle()
    later(office, HOUR)

    assert len(notices(office)) == 1


def test_an_effect_without_its_message_is_a_conflict(office: Office) -> None:
    filed(office)
    [mail] = deliveries(office)
    with binding.tenant(office.id):
        office.store.commit([Remove(keys.message(office.id, mail.reader, mail.event))])
    commits = 0

    def counted(call: RecordedCall) -> None:
        nonlocal commits
        commits += call.name == "commit"
        assert commits < 10

    office.store.before = counted
    with pytest.raises(Problem, match="conflict"):
        reactions.run_reactions(office.wiring, RelayedEvent(office.id, mail.number, mail.seq))


def test_each_mail_has_the_same_key_whenever_it_is_sent(office: Office) -> None:
    number = filed(office)
    reader = office.organisation.subs["agent"]

    keys = [key for key in office.world.fakes.mailer.keys if key]

    assert keys == [f"{office.id}/{deliveries(office)[0].event}/{reader}"]
    assert deliveries(office)[0].event.startswith(number)
