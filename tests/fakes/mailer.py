"""Outgoing mail that stays in an outbox."""

from __future__ import annotations

from typing import NamedTuple


class Mail(NamedTuple):
    to: str
    subject: str
    text: str

    def line(self, name: str) -> str | None:
        """The rest of the line `name: …`, such as an invitation's `Password`."""
        starts = f"{name}: "
        return next((line[len(starts) :] for line in self.text.splitlines() if line.startswith(starts)), None)


class FakeMailer:
    """`ports.Mailer`."""

    def __init__(self) -> None:
        self.outbox: list[Mail] = []

    def send(self, to: str, subject: str, text: str) -> None:
        self.outbox.append(Mail(to, subject, text))

    def to(self, address: str) -> list[Mail]:
        return [mail for mail in self.outbox if mail.to == address]
