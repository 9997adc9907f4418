"""A mailer that keeps all mail in an outbox."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from chalicelib.kit import mail
from chalicelib.ports import NO_TAGS, DeliveryFailed, DeliveryRefused
from tests.across.leaks import planted

_CHINESE = {"Organisation": "机构：", "Address": "网址：", "User": "用户名：", "Password": "密码："}


class Mail(NamedTuple):
    to: str
    subject: str
    text: str

    def line(self, name: str) -> str | None:
        """The value in the line `name: …` of an invitation, such as `Password`, in either language."""
        starts = (f"{name}: ", _CHINESE[name])
        lines = (
            line.removeprefix(start) for line in self.text.splitlines() for start in starts if line.startswith(start)
        )
        return next(lines, None)


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
