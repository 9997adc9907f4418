"""A mailer that keeps all mail in an outbox."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from chalicelib import mail
from chalicelib.ports import NO_TAGS, DeliveryFailed, DeliveryRefused
from tests.leaks import planted


class Mail(NamedTuple):
    to: str
    subject: str
    text: str

    def line(self, name: str) -> str | None:
        """The value in the line `name: …`, such as `Password` in an invitation."""
        starts = f"{name}: "
        return next((line[len(starts) :] for line in self.text.splitlines() if line.startswith(starts)), None)


class FakeMailer:
    """`ports.Mailer`. `down`: connections are refused. `rejected`: addresses that the service rejects permanently.

    `untaken`: addresses that it rejects temporarily. `refused`: how many connections were refused.
    """

    def __init__(self) -> None:
        self.outbox: list[Mail] = []
        self.keys: list[str | None] = []
        self.tags: list[Mapping[str, str]] = []
        self.down = False
        self.refused = 0
        self.rejected: set[str] = set()
        self.untaken: set[str] = set()

    def send(
        self,
        to: str,
        mail: mail.Mail,
        *,
        key: str | None = None,
        tags: Mapping[str, str] = NO_TAGS,
    ) -> None:
        planted.plant_private("e-mail address", to)
        if self.down:
            self.refused += 1
            raise DeliveryFailed("connection refused")
        if to in self.rejected:
            raise DeliveryRefused("InvalidParameterValue")
        if to in self.untaken:
            raise DeliveryFailed("MessageRejected")
        self.outbox.append(Mail(to, mail.subject, mail.text))
        self.keys.append(key)
        self.tags.append(tags)

    def to(self, address: str) -> list[Mail]:
        return [mail for mail in self.outbox if mail.to == address]
