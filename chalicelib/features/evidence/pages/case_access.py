"""The page through which a reader came in: that of a complaint, or that of one demand for evidence."""

from __future__ import annotations

import msgspec

from chalicelib.casework.authorization import Credential
from chalicelib.features.evidence.authorization import EvidenceRequest
from chalicelib.web.call import Call
from chalicelib.web.call_context import tenant_of
from chalicelib.web.pages.reader import Reader


class CaseAccess(msgspec.Struct, frozen=True):
    """`path`: of the page. The pages of its files are below it. `title`: the name of the page's text."""

    path: str
    number: str
    receipt: str
    title: str = "case.title"

    def __repr__(self) -> str:
        return f"CaseAccess({self.path!r})"  # a log must not contain the receipt

    def request(self, call: Call) -> EvidenceRequest:
        credential = Credential(receipt=self.receipt)
        return EvidenceRequest(tenant=tenant_of(call), number=self.number, credential=credential, now=call.now)

    def told(self, reader: Reader, told: str) -> str:
        """The path of the page that says once what has happened, in the language that the reader chose."""
        asked = [f"told={told}"] if told else []
        asked += [f"lang={reader.language}"] if reader.chosen else []
        return self.path + (f"?{'&'.join(asked)}" if asked else "")
