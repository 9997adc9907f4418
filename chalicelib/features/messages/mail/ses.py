"""Outgoing e-mail on Amazon SES."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from email.message import EmailMessage
from typing import TYPE_CHECKING, TypedDict

from chalicelib.access import binding
from chalicelib.access.clients import Clients
from chalicelib.kit import observability
from chalicelib.ports import NO_TAGS, DeliveryFailed, DeliveryRefused

if TYPE_CHECKING:
    from mypy_boto3_ses.type_defs import MessageTagTypeDef

    from chalicelib.kit.mail import Mail


class _Options(TypedDict, total=False):
    ConfigurationSetName: str
    Tags: list[MessageTagTypeDef]


_PERMANENT_ERRORS = frozenset({"InvalidParameterValue"})
"""The address is invalid, so a retry does not help (Amazon SES API Reference, "Common Errors").

All other errors can be corrected, also `MessageRejected`: SES returns it for a sender that is not verified (any more),
in the sandbox and for a suspended account (Amazon SES Developer Guide, "Amazon SES email sending errors"). SES accepts
mails to suppressed addresses.
"""


class SesMailer:
    """`ports.Mailer`: plain-text mails in UTF-8 from the deployment's sender address."""

    def __init__(self, clients: Clients, sender: str, configuration_set: str) -> None:
        """`sender`: an address that SES has verified. `configuration_set`: publishes delivery events."""
        self._clients = clients
        self._sender = sender
        self._set = configuration_set

    def send(
        self,
        to: str,
        mail: Mail,
        *,
        key: str | None = None,
        tags: Mapping[str, str] = NO_TAGS,
    ) -> None:
        from botocore.exceptions import ClientError, ConnectionError, HTTPClientError

        raw = compose(self._sender, to, mail.subject, mail.text, key).as_bytes()
        try:
            with binding.directory():
                self._clients.ses().send_raw_email(
                    Source=self._sender, Destinations=[to], RawMessage={"Data": raw}, **self._options(tags)
                )
        except ClientError as error:
            code = error.response["Error"]["Code"]  # the error's message may contain the address
            if code in _PERMANENT_ERRORS:
                raise DeliveryRefused(f"the mail service refused it: {code}") from None
            raise _not_sent(f"the mail service could not take it: {code}") from None
        except (ConnectionError, HTTPClientError) as error:
            raise _not_sent(f"the mail service could not be reached: {type(error).__name__}") from None

    def _options(self, tags: Mapping[str, str]) -> _Options:
        if not tags:
            return {"ConfigurationSetName": self._set}
        named: list[MessageTagTypeDef] = [{"Name": name, "Value": value} for name, value in tags.items()]
        return {"ConfigurationSetName": self._set, "Tags": named}


def _not_sent(why: str) -> DeliveryFailed:
    """Count the failure. Mails are retried silently, so only this metric shows that a sender is unverified."""
    observability.measure("MailNotTaken")
    return DeliveryFailed(why)


def compose(sender: str, to: str, subject: str, text: str, key: str | None) -> EmailMessage:
    """Return the mail (RFC 5322), marked as automatic (RFC 3834) so that no out-of-office reply answers it.

    SES replaces the Message-ID by its own; `X-Redress-Effect` stays.
    """
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, to, " ".join(subject.split())
    mail["Auto-Submitted"] = "auto-generated"
    if key is not None:
        digest = hashlib.sha256(key.encode()).hexdigest()[:32]
        mail["Message-ID"] = f"<{digest}@{sender.rpartition('@')[2]}>"
        mail["X-Redress-Effect"] = digest
    mail.set_content(text, cte="base64")
    return mail
