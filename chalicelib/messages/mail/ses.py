"""Outgoing e-mail on Amazon SES."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from email.message import EmailMessage
from typing import TYPE_CHECKING, TypedDict

from chalicelib import observability
from chalicelib.access import binding
from chalicelib.access.clients import Clients
from chalicelib.ports import NO_TAGS, DeliveryFailed, DeliveryRefused

if TYPE_CHECKING:
    from mypy_boto3_ses.type_defs import MessageTagTypeDef


class _Told(TypedDict, total=False):
    ConfigurationSetName: str
    Tags: list[MessageTagTypeDef]


_OF_THE_ADDRESS = frozenset({"InvalidParameterValue"})
"""An address that is none, which no repeat mends (Amazon SES API Reference, "Common Errors").

All else can be mended, `MessageRejected` too: that is said of a sender that is not verified or not any more, of the
sandbox and of an account that is suspended (Amazon SES Developer Guide, "Amazon SES email sending errors"). A mail to
an address that SES suppresses is taken.
"""


class SesMailer:
    """`ports.Mailer`: plain text in UTF-8, from the deployment's one sender."""

    def __init__(self, clients: Clients, sender: str, configuration_set: str) -> None:
        """`sender`: an address that SES has verified. `configuration_set`: says where to tell of tagged mails."""
        self._clients = clients
        self._sender = sender
        self._set = configuration_set

    def send(
        self,
        to: str,
        subject: str,
        text: str,
        *,
        key: str | None = None,
        tags: Mapping[str, str] = NO_TAGS,
    ) -> None:
        from botocore.exceptions import ClientError, ConnectionError, HTTPClientError

        raw = compose(self._sender, to, subject, text, key).as_bytes()
        try:
            with binding.directory():
                self._clients.ses().send_raw_email(
                    Source=self._sender, Destinations=[to], RawMessage={"Data": raw}, **self._told(tags)
                )
        except ClientError as error:
            code = error.response["Error"]["Code"]  # its message may name the address
            if code in _OF_THE_ADDRESS:
                raise DeliveryRefused(f"the mail service refused it: {code}") from None
            raise _not_taken(f"the mail service could not take it: {code}") from None
        except (ConnectionError, HTTPClientError) as error:
            raise _not_taken(f"the mail service could not be reached: {type(error).__name__}") from None

    def _told(self, tags: Mapping[str, str]) -> _Told:
        if not tags:
            return {}
        named: list[MessageTagTypeDef] = [{"Name": name, "Value": value} for name, value in tags.items()]
        return {"ConfigurationSetName": self._set, "Tags": named}


def _not_taken(why: str) -> DeliveryFailed:
    """Nobody hears of a sender that has lapsed but by this figure: whoever has a mail to send tries again by itself."""
    observability.measure("MailNotTaken")
    return DeliveryFailed(why)


def compose(sender: str, to: str, subject: str, text: str, key: str | None) -> EmailMessage:
    """The mail as it leaves (RFC 5322), marked as a program's (RFC 3834), so that no absence notice answers it.

    SES puts its own Message-ID in the place of ours; `X-Redress-Effect` stays.
    """
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, to, " ".join(subject.split())
    mail["Auto-Submitted"] = "auto-generated"
    if key is not None:
        mark = hashlib.sha256(key.encode()).hexdigest()[:32]
        mail["Message-ID"] = f"<{mark}@{sender.rpartition('@')[2]}>"
        mail["X-Redress-Effect"] = mark
    mail.set_content(text, cte="base64")
    return mail
