"""The evidence bucket, in memory."""

from __future__ import annotations

from typing import NamedTuple

from chalicelib.ports import UploadTicket


class Ticket(NamedTuple):
    key: str
    size: int
    media_type: str
    sha256: str
    seconds: int


class FakeObjects:
    """`ports.Objects`: remembers what was asked for, and what a test says was uploaded."""

    def __init__(self) -> None:
        self.tickets: list[Ticket] = []
        self.stored: dict[str, bytes] = {}

    def ticket(self, key: str, *, size: int, media_type: str, sha256: str, seconds: int) -> UploadTicket:
        self.tickets.append(Ticket(key, size, media_type, sha256, seconds))
        fields = {"key": key, "Content-Type": media_type}
        return UploadTicket(url="https://bucket.test/", fields=fields)

    def put(self, key: str, content: bytes) -> None:
        self.stored[key] = content
