"""Where a report is kept: with the organisation, or with the operators of the deployment.

The operators' reports are outside the partitions of the organisation, under a data key that no tenant's session can
unwrap.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import Any

import msgspec

from chalicelib import observability
from chalicelib.access import binding
from chalicelib.crypto.data_keys import OPERATORS
from chalicelib.ports import Sealer
from chalicelib.store import keys
from chalicelib.store.port import Key


class Custody(msgspec.Struct, frozen=True):
    """The place of one report. `operators`: True if it is with the operators."""

    tenant: str
    report: str
    operators: bool = False

    @property
    def pk(self) -> str:
        name = keys.operators_report if self.operators else keys.report
        return name(self.tenant, self.report)

    def row(self, filed_at: str) -> Key:
        """The key of its row in the list."""
        name = keys.operators_report_row if self.operators else keys.report_row
        return name(self.tenant, filed_at, self.report)

    def bound(self) -> AbstractContextManager[Any]:
        """The binding for its items. With the organisation, the caller has bound the tenant."""
        return binding.directory() if self.operators else nullcontext()

    def tell_operators(self) -> None:
        """Raises their alarm if the report is with them. A report has no other message to them."""
        if self.operators:
            observability.measure("ReportToOperators")

    def seal(self, sealer: Sealer, plain: msgspec.Struct) -> str:
        with self.bound():
            return sealer.seal(self._owner, self._context, msgspec.json.encode(plain))

    def open(self, sealer: Sealer, sealed: str) -> bytes:
        with self.bound():
            return sealer.open(self._owner, self._context, sealed)

    @property
    def _owner(self) -> str:
        return OPERATORS if self.operators else self.tenant

    @property
    def _context(self) -> str:
        """Takes the place of the complaint's number in the encryption context."""
        return f"supervision/{self.tenant}/{self.report}"
