"""Command of an operator: let mails go to an address again, after its reader has asked for them."""

from __future__ import annotations

from typing import Annotated

import msgspec

from chalicelib.kit.decoding import RequestDocument
from chalicelib.kit.email_address import EMAIL_PATTERN, MAX_ADDRESS_LENGTH
from chalicelib.limits import returned_mail
from chalicelib.limits.returned_mail import Said
from chalicelib.ports import Secrets, TimeSource
from chalicelib.store.port import Store


class MailStop(RequestDocument, frozen=True):
    email: Annotated[str, msgspec.Meta(pattern=EMAIL_PATTERN, max_length=MAX_ADDRESS_LENGTH)]


class LiftedStop(msgspec.Struct, frozen=True):
    """What had stopped mails to the address: `bounced`, `complained`, or nothing."""

    lifted: list[Said]


def lift(store: Store, secrets: Secrets, real_clock: TimeSource, stop: MailStop) -> LiftedStop:
    return LiftedStop(returned_mail.lift(store, secrets, stop.email, real_clock()))
