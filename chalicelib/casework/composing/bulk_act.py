"""An act on many complaints (a bulk): what is asked for, and how features try and do what is no act of a policy."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from chalicelib.complaints.rights.permits import UsedTextBlock
from chalicelib.kit import canonical
from chalicelib.kit.instants import Instant
from chalicelib.tenants.idempotency_records import Request
from chalicelib.wiring import Wiring


class BulkAct(NamedTuple):
    """The act as the person has asked for it, on any complaint. `job`: of the bulk that does it. `text_blocks`: from
    which its texts were made, of one language. Each complaint fills their placeholders."""

    tenant: str
    sub: str
    act: str
    fields: Mapping[str, Any]
    job: str
    now: Instant
    text_blocks: Sequence[UsedTextBlock] = ()
    language: str = ""

    def request(self, number: str) -> Request:
        """A step that is repeated after a crash acts once on each complaint."""
        digest = canonical.digest([self.act, number])
        return Request(
            tenant=self.tenant, principal=self.sub, source="bulk", key=f"{self.job}/{number}", body_hash=digest
        )


class Performer(NamedTuple):
    """`tries` returns the version of the complaint on which the act can be done. `does`: on that version only. Both
    raise `Problem`. `label`: the page's text of what only owners do, without fields; empty for an act of a policy."""

    tries: Callable[[Wiring, BulkAct, str], str]
    does: Callable[[Wiring, BulkAct, str, str], object]
    label: str = ""
