"""A mail that SES accepted, but that bounced or got a spam complaint: its effect fails with a reason."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from chalicelib.features.messages.delivery import Delivery
from chalicelib.features.messages.mail import ses_feedback
from chalicelib.kit.instants import MINUTE, to_text
from chalicelib.workers import entries
from infra.local.resources.template import load
from tests.across.faults.mails import deliveries, rows, states
from tests.across.faults.office import Office
from tests.helpers.fakes.mailer import FakeMailer
from tests.helpers.nonempty import nonempty


def mailer(office: Office) -> FakeMailer:
    return office.world.fakes.mailer


def tags(office: Office) -> dict[str, list[str]]:
    """The tags of the newest mail as SES reports them: each a list, together with the tags of SES."""
    return {name: [value] for name, value in mailer(office).tags[-1].items()} | {"ses:configuration-set": ["Mails"]}


def transformed(rule: str, detail: dict[str, Any]) -> str:
    """The message that EventBridge puts on the queue according to the template's rule."""
    [target] = load()["Resources"][rule]["Properties"]["Targets"]
    text: str = target["InputTransformer"]["InputTemplate"]
    for name, path in target["InputTransformer"]["InputPathsMap"].items():
        value: Any = {"detail": detail}
        for part in path.removeprefix("$.").split("."):
            value = value[part]
        text = text.replace(f"<{name}>", json.dumps(value))
    assert re.search(r"<\w+>", text) is None
    return text


def bounce(office: Office, kind: str = "Permanent") -> str:
    whom = [{"emailAddress": office.organisation.emails["agent"], "status": "5.1.1"}]
    mail = {"destination": [whom[0]["emailAddress"]], "tags": tags(office)}
    return transformed("MailBounced", {"bounce": {"bounceType": kind, "bouncedRecipients": whom}, "mail": mail})


def complaint(office: Office) -> str:
    return transformed("MailComplained", {"complaint": {}, "mail": {"tags": tags(office)}})


def returned(office: Office, body: str) -> None:
    record = {"messageId": "m", "body": body, "eventSource": "aws:sqs"}
    assert entries.effects(office.wiring, {"Records": [record]}, None) == {"batchItemFailures": []}


@pytest.fixture
def mailed(office: Office) -> Office:
    office.file(office.request("file"))
    office.world.settle()
    assert (states(office), rows(office)) == ({"sent"}, [])
    return office


def test_a_bounced_mail_has_failed_with_a_reason(mailed: Office, capsys: pytest.CaptureFixture[str]) -> None:
    returned(mailed, bounce(mailed))

    assert [(one.state, one.why) for one in deliveries(mailed)] == [("failed", "the mail bounced (Permanent)")]
    assert rows(mailed) == ["failed"]
    assert capsys.readouterr().out.count('"MailReturned":[1.0]') == 1


def test_a_mail_with_a_spam_complaint_has_failed_with_a_reason(mailed: Office) -> None:
    returned(mailed, complaint(mailed))

    assert [(one.state, one.why) for one in deliveries(mailed)] == [("failed", "the reader reported it as spam")]


def test_the_message_in_the_application_stays(mailed: Office) -> None:
    returned(mailed, bounce(mailed))

    assert {one.state for one in deliveries(mailed, "in_app")} == {"sent"}


def test_an_owner_finds_the_mail_among_the_failed_effects(mailed: Office) -> None:
    returned(mailed, bounce(mailed))

    [found] = mailed.organisation.get("/effects?state=failed", "owner")["effects"]
    assert (found["way"], found["why"]) == ("email", "the mail bounced (Permanent)")


def test_it_is_not_mailed_again(mailed: Office) -> None:
    returned(mailed, bounce(mailed, "Transient"))
    sent = len(mailer(mailed).outbox)

    mailed.world.move_to(to_text(mailed.world.now() + 60 * MINUTE))

    assert len(mailer(mailed).outbox) == sent


def test_a_repeat_changes_nothing_and_the_first_reason_stays(mailed: Office) -> None:
    returned(mailed, bounce(mailed))
    before = mailed.store.everything()

    returned(mailed, bounce(mailed))

    assert mailed.store.everything() == before


def test_a_spam_report_after_a_bounce_changes_nothing_of_the_delivery(mailed: Office) -> None:
    returned(mailed, bounce(mailed))
    before = deliveries(mailed)

    returned(mailed, complaint(mailed))

    assert deliveries(mailed) == before


def replayed(office: Office) -> None:
    """An owner resends the failed mail."""
    [found] = office.organisation.get("/effects?state=failed", "owner")["effects"]
    body = {name: found[name] for name in ("event", "recorded_at", "reader")}
    path = f"{office.organisation.path}/effects/replay"
    assert office.world.call("POST", path, body, auth=office.organisation.auth("owner")).status == 202


def test_repeated_feedback_does_not_stop_a_mail_that_an_owner_resent(mailed: Office) -> None:
    first, sent = bounce(mailed), len(mailer(mailed).outbox)
    returned(mailed, first)
    replayed(mailed)

    returned(mailed, first)
    mailed.world.move_to(to_text(mailed.world.now() + MINUTE))

    assert (states(mailed), len(mailer(mailed).outbox)) == ({"sent"}, sent + 1)


def test_late_feedback_about_the_first_mail_does_not_apply_to_the_second(mailed: Office) -> None:
    first, complained = bounce(mailed), complaint(mailed)
    returned(mailed, first)
    replayed(mailed)
    mailed.world.move_to(to_text(mailed.world.now() + MINUTE))

    returned(mailed, first)
    returned(mailed, complained)

    assert (states(mailed), rows(mailed)) == ({"sent"}, [])


def test_the_second_mail_bounces_too(mailed: Office) -> None:
    returned(mailed, bounce(mailed))
    replayed(mailed)
    mailed.world.move_to(to_text(mailed.world.now() + MINUTE))

    returned(mailed, bounce(mailed))

    assert (states(mailed), rows(mailed)) == ({"failed"}, ["failed"])


def test_the_queue_receives_no_addresses(mailed: Office) -> None:
    assert mailed.organisation.emails["agent"] not in bounce(mailed)


@pytest.mark.parametrize("said", [{}, {"tenant": ["acme"], "effect": ["bm90aGluZw"]}])
def test_feedback_about_other_mails_changes_nothing(mailed: Office, said: dict[str, list[str]]) -> None:
    before = mailed.store.everything()

    returned(mailed, transformed("MailComplained", {"mail": {"tags": said}}))

    assert mailed.store.everything() == before


def test_tags_are_valid_for_ses(mailed: Office) -> None:
    assert all(re.fullmatch("[A-Za-z0-9_-]{1,256}", value) for value in nonempty(mailer(mailed).tags[-1].values()))


def test_an_effect_whose_name_is_too_long_for_a_tag_is_mailed_without_it(mailed: Office) -> None:
    [delivery] = deliveries(mailed)
    long = Delivery(
        event="x" * 300,
        number=delivery.number,
        seq=1,
        at=delivery.at,
        about="x",
        reader=delivery.reader,
        way="email",
        since=0,
    )
    assert ses_feedback.tags_of(mailed.id, long) == {"tenant": mailed.id}
