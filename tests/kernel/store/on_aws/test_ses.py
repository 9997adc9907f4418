"""Outgoing mail on Amazon SES: its form, and permanent and temporary failures."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import boto3
import pytest
from botocore.awsrequest import AWSResponse
from botocore.exceptions import EndpointConnectionError, ReadTimeoutError
from moto import mock_aws
from moto.core.models import DEFAULT_ACCOUNT_ID

from chalicelib.access import binding
from chalicelib.access.clients import Clients
from chalicelib.features.messages.mail.ses import SesMailer, compose
from chalicelib.kit.mail import Mail
from chalicelib.ports import DeliveryFailed, DeliveryRefused
from infra.local import people as local_people
from infra.local.resources.template import load

REGION = "eu-central-1"
MAIL = Mail("zh", "邀请", ["您好"])


@pytest.fixture
def clients(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clients]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    with mock_aws():
        boto3.client("ses", region_name=REGION).verify_email_identity(EmailAddress="redress@host.example")
        yield Clients(region=REGION, provider=binding.OwnCredentials(boto3.session.Session()))


def test_mail_goes_out_in_chinese(clients: Clients) -> None:
    SesMailer(clients, "redress@host.example", "told").send("lin@shop.example", Mail("zh", "邀请", ["您好\n"]))
    assert local_people.sent_mails(DEFAULT_ACCOUNT_ID, REGION, "lin@shop.example") == [
        {"from": "redress@host.example", "to": ["lin@shop.example"], "subject": "邀请", "text": "您好\n"}
    ]


def test_a_retried_mail_has_the_same_headers() -> None:
    first, again, other = (
        compose("redress@host.example", "lin@shop.example", "投诉\n一", "您好", key) for key in ("a", "a", "b")
    )
    assert (first["Message-ID"], first["X-Redress-Effect"]) == (again["Message-ID"], again["X-Redress-Effect"])
    assert first["Message-ID"] != other["Message-ID"]
    assert (first["Subject"], first["Auto-Submitted"]) == ("投诉 一", "auto-generated")


def test_every_mail_names_the_configuration_set_and_only_deliveries_have_tags(clients: Clients) -> None:
    asked: list[dict[str, Any]] = []
    clients.ses().meta.events.register(
        "provide-client-params.ses.SendRawEmail", lambda params, **_: asked.append(params)
    )
    mailer = SesMailer(clients, "redress@host.example", "told")

    mailer.send("lin@shop.example", MAIL)
    mailer.send("lin@shop.example", MAIL, tags={"tenant": "acme"})

    assert [(one.get("ConfigurationSetName"), one.get("Tags")) for one in asked] == [
        ("told", None),
        ("told", [{"Name": "tenant", "Value": "acme"}]),
    ]


def answered(clients: Clients, code: str, message: str) -> None:
    """A response of SES with an error in its query protocol."""
    body = f"<ErrorResponse><Error><Code>{code}</Code><Message>{message}</Message></Error></ErrorResponse>"
    response = AWSResponse("https://email.test", 400, {}, _Raw(body.encode()))  # type: ignore[no-untyped-call]
    clients.ses().meta.events.register_first("before-send.ses.SendRawEmail", lambda **_: response)


class _Raw(BytesIO):
    def stream(self) -> Iterator[bytes]:
        yield self.read()


def test_an_invalid_address_is_rejected_without_naming_it(clients: Clients) -> None:
    answered(clients, "InvalidParameterValue", "Domain contains illegal character: lin@shop..example")
    with pytest.raises(DeliveryRefused) as refused:
        SesMailer(clients, "redress@host.example", "told").send("lin@shop..example", MAIL)
    assert refused.value.why == "the mail service refused it: InvalidParameterValue"


def test_an_unverified_sender_is_not_a_fault_of_the_address(clients: Clients) -> None:
    with pytest.raises(DeliveryFailed) as missed:
        SesMailer(clients, "unverified@host.example", "told").send("lin@shop.example", MAIL)
    assert missed.value.why == "the mail service could not take it: MessageRejected"


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("MessageRejected", "Email address is not verified. The following identities failed the check: x"),
        ("MessageRejected", "Sending suspended for this account."),
        ("MailFromDomainNotVerifiedException", "The sender's domain has no MX record."),
        ("AccountSendingPausedException", "Sending is paused."),
        ("ConfigurationSetSendingPausedException", "Sending is paused."),
        ("ConfigurationSetDoesNotExist", "There is none."),
        ("Throttling", "Maximum sending rate exceeded."),
        ("LimitExceeded", "Daily message quota exceeded."),
        ("AccessDenied", "Not allowed."),
    ],
)
def test_faults_of_the_sender_or_the_service_are_retried_and_counted(
    clients: Clients, code: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    answered(clients, code, message)
    with pytest.raises(DeliveryFailed, match=code):
        SesMailer(clients, "redress@host.example", "told").send("lin@shop.example", MAIL)
    assert '"MailNotTaken":[1.0]' in capsys.readouterr().out


@pytest.mark.parametrize("error", [EndpointConnectionError(endpoint_url="x"), ReadTimeoutError(endpoint_url="x")])
def test_an_unreachable_mail_service_is_retried(clients: Clients, error: Exception) -> None:
    def broken(**_: Any) -> None:
        raise error

    clients.ses().meta.events.register_first("before-send.ses.SendRawEmail", broken)
    with pytest.raises(DeliveryFailed, match=type(error).__name__):
        SesMailer(clients, "redress@host.example", "told").send("lin@shop.example", MAIL)


def test_a_lost_response_does_not_send_the_mail_again(clients: Clients) -> None:
    """SES has no idempotency key, so only the caller, who records attempts, may retry."""
    left = []

    def lost(**_: Any) -> None:
        left.append(1)
        raise ReadTimeoutError(endpoint_url="x")

    clients.ses().meta.events.register_first("before-send.ses.SendRawEmail", lost)
    with pytest.raises(DeliveryFailed):
        SesMailer(clients, "redress@host.example", "told").send("lin@shop.example", MAIL)
    assert len(left) == 1


def test_ten_mails_to_a_hanging_service_fit_the_workers_time(clients: Clients) -> None:
    config = clients.ses().meta.config
    timeout = load()["Resources"]["EffectsQueue"]["Properties"]["VisibilityTimeout"] / 6
    assert 10 * (config.connect_timeout + config.read_timeout) < timeout
