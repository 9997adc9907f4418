"""Counts wrong receipts of an IP address at all organisations together, in quarters of an hour of real time.

Only a wrong receipt writes. An address above its limit gets 429 for wrong receipts until the quarter ends. A correct
receipt is compared first, and always works: receipts are HMACs and cannot be guessed, so a lock of correct ones would
only help an attacker to lock others out. The metric `WrongReceipt` counts the deployment's, for an alarm.

Requests for new receipts, drafts of filings, and forms that are kept are counted in the same way, each apart from wrong
receipts.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import NamedTuple

from chalicelib.access import binding
from chalicelib.kit import canonical, observability
from chalicelib.kit.instants import MINUTE, SECOND
from chalicelib.kit.problem import Problem
from chalicelib.limits import exceeded
from chalicelib.ports import Secrets, TimeSource
from chalicelib.store import keys
from chalicelib.store.port import CeilingReached, Store

WINDOW = 15 * MINUTE
PER_ADDRESS = 10
"""Wrong receipts of an IP address per window, and requests for new ones."""
DRAFTS = 200
"""Drafts of filings of an IP address per window."""
FORMS = 200
"""Forms with a fault, or without a session, of an IP address per window that are kept."""
KIND = "wrong-receipts"


class _CountedWindow(NamedTuple):
    """What is counted of an IP address per window. `place`: of its counter. `limit`: its name in the refusal."""

    place: str
    limit: str
    most: int


_WRONG_RECEIPTS = _CountedWindow("receipts", "wrong_receipts", PER_ADDRESS)
_LOST_RECEIPTS = _CountedWindow("lost", "receipt_requests_from_an_address", PER_ADDRESS)
_DRAFTS = _CountedWindow("drafts", "drafts_from_an_address", DRAFTS)
_FORMS = _CountedWindow("forms", "kept_forms_from_an_address", FORMS)


class WrongReceipt(Problem):
    """The receipt in the request opens no report. Their kind of problem is that of any unknown object."""


class ReplacedReceipt(Problem):
    """The receipt was correct until the complaint got another one. The answer is as for a wrong one; it is not counted.

    Requests for a new receipt that run at the same time all show the previous one.
    """


class WrongReceipts:
    def __init__(self, store: Store, secrets: Secrets, real_clock: TimeSource) -> None:
        self._store = store
        self._secrets = secrets
        self._clock = real_clock

    def place(self, tenant: str, address: str) -> str:
        """Keyed hash that replaces an IP address in keys. Differs between tenants."""
        return self._hash([tenant, "address", address])

    def count(self, refusal: Problem, address: str) -> None:
        """Count a wrong receipt or an unknown number. `refusal`: the answer that it would get.

        Raises `Problem("too-many-requests")` instead of it if the address has reached its limit.
        """
        if isinstance(refusal, ReplacedReceipt):
            return
        observability.measure("WrongReceipt")
        self._take(_WRONG_RECEIPTS, address, "There were too many wrong receipts. Try again later.")

    def count_lost(self, address: str) -> None:
        """Count a request for a new receipt. Raises `Problem("too-many-requests")` above the same limit."""
        self._take(_LOST_RECEIPTS, address, "There were too many requests for new receipts. Try again later.")

    def count_draft(self, address: str) -> None:
        """Count a draft of a filing. A hall or a mobile network has one address for many people."""
        self._take(_DRAFTS, address, "There were too many new complaints. Try again later.")

    def has_room_for_form(self, address: str) -> bool:
        """Count a form that is kept. Above the limit, a page shows what was typed as it is, so nothing is refused."""
        return self._counted(_FORMS, address)

    def _take(self, counted: _CountedWindow, address: str, detail: str) -> None:
        if not self._counted(counted, address):
            now = self._clock()
            until = (now // WINDOW + 1) * WINDOW
            raise exceeded.too_many_requests(counted.limit, counted.most, detail, until, now)

    def _counted(self, counted: _CountedWindow, address: str) -> bool:
        """False above the limit."""
        window = self._clock() // WINDOW
        key = keys.wrong_receipts_counter(self._hash([counted.place, address]), window)
        try:
            with binding.directory():
                self._store.count(key, KIND, ceiling=counted.most, expires=((window + 2) * WINDOW) // SECOND)
        except CeilingReached:
            return False
        return True

    def _hash(self, parts: list[str]) -> str:
        key = self._secrets.current("lookup")
        return hmac.new(key.secret, canonical.encode(parts), hashlib.sha256).hexdigest()
