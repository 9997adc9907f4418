"""The page through which a reader came in: that of a complaint, of one demand for evidence, or of the desk."""

from __future__ import annotations

from typing import Literal

import msgspec

from chalicelib.casework.authorization import Credential
from chalicelib.features.evidence.authorization import EvidenceRequest
from chalicelib.features.evidence.kinds import ATTACHMENT
from chalicelib.web.call import Call, Receipt
from chalicelib.web.call_context import tenant_of
from chalicelib.web.idempotent_requests import principal
from chalicelib.web.pages.reader import Reader


class CaseAccess(msgspec.Struct, frozen=True):
    """`path`: of the page. The pages of its files are below it. `title`: the name of the page's text.

    `on_behalf_of`: the party whose file it is, if a member hands it in.
    """

    path: str
    number: str
    credential: Credential
    title: str = "case.title"
    on_behalf_of: Literal["complainant"] | None = None

    def __repr__(self) -> str:
        return f"CaseAccess({self.path!r})"  # a log must not contain the receipt

    @property
    def at_desk(self) -> bool:
        return self.credential.sub is not None

    def given_for(self, kind: str) -> Literal["complainant"] | None:
        """The party whose file of this kind it is. An attachment to a message is the member's own."""
        return None if kind == ATTACHMENT else self.on_behalf_of

    @property
    def principal(self) -> str:
        return self.credential.sub or principal(Receipt(self.credential.receipt or ""))

    def request(self, call: Call) -> EvidenceRequest:
        return EvidenceRequest(tenant=tenant_of(call), number=self.number, credential=self.credential, now=call.now)

    def told(self, reader: Reader, told: str) -> str:
        """The path of the page that says once what has happened, in the language that the reader chose."""
        return reader.link(self.path, **({"told": told} if told else {}))
