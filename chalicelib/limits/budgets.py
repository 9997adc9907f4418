"""Budgets of sign-ups and mails: of one source, one organisation and the deployment, and of mails to one address.

Each budget is a counter in the table for an hour or a day (UTC, real time). It is counted before anything is created or
sent, and given back if nothing was. What a budget refuses is measured, for its alarm. A refused notice is tried later;
a refused sign-up or invitation gets 429.

The limits of one address hold for addresses that have not shown that they want these mails: those of invitations to
people who have never signed in, and those that a filing names. Anybody can sign up and file, also in the name of
others. These limits have no factor. Keys hold keyed hashes of addresses and networks.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from chalicelib.access import binding
from chalicelib.kit import canonical, observability
from chalicelib.kit.email_address import mailbox
from chalicelib.kit.instants import DAY, HOUR, SECOND, Instant
from chalicelib.kit.problem import Text
from chalicelib.kit.settings import Settings
from chalicelib.limits.exceeded import too_many_requests
from chalicelib.limits.plans import DEFAULT, PLANS, Plan
from chalicelib.ports import DeliveryFailed, Secrets, TimeSource
from chalicelib.store import keys
from chalicelib.store.port import CeilingReached, CommitConflict, Key, Store

KIND = "budget"
SIGN_UPS = 20
"""Sign-ups of one source in an hour."""
SIGN_INS = 300
"""Sign-ins that one source begins in an hour. An office has one address for many people."""
MESSAGES = 60
"""Acts of complainants' conversations (messages, corrections) of one source in an hour."""
INVITATIONS = 5
"""Invitations per day to an address whose owner has never signed in."""
NOTICES = 20
"""Notices per day to an address that was named in filings."""
INVITATIONS_A_PERSON = 2
"""An organisation's invitations per day, for each person of its plan."""
HOURS = 10
"""In one hour, the deployment may use a tenth of its day."""
SHARE = 10
"""An organisation on the default plan may use a tenth of the deployment's hour, all such together half of its mails.

Anybody can sign one up. Operators give other plans, so the other half belongs to organisations that they know.
"""


def mails_counter(tenant: str, real_now: Instant) -> Key:
    """Of the organisation's mails of this day, to read it together with other items."""
    return keys.mails_counter(tenant, "mails", real_now // DAY)


class Allowance(NamedTuple):
    """What the deployment may do in a day, and factors for all budgets but those of one address.

    Only the local stack and tests, where all callers share one source, have factors.
    """

    sign_ups: int
    mails: int
    sign_ups_factor: int = 1
    mails_factor: int = 1


def allowance(settings: Settings) -> Allowance:
    return Allowance(settings.sign_ups_a_day, settings.mails_a_day)


class _Budget(NamedTuple):
    """`tenant`: whose item the counter is; empty for an item of the directory."""

    name: str
    most: int
    until: Instant
    counter: Key
    detail: str
    figure: observability.Figure | None = None
    tenant: str = ""


class _Exceeded(Exception):
    def __init__(self, budget: _Budget) -> None:
        super().__init__(budget.name)
        self.budget = budget


class Budgets:
    def __init__(self, secrets: Secrets, real_clock: TimeSource, allowance: Allowance) -> None:
        self._secrets = secrets
        self._clock = real_clock
        self._allowance = allowance

    def mails_a_day(self, limits: Plan) -> int:
        return limits.mails_a_day * self._allowance.mails_factor

    @contextmanager
    def new_sign_up(self, store: Store, source: str, address: str) -> Iterator[None]:
        """Count a sign-up and its mail to the founder; a conflict inside gives both back.

        `source`: the keyed hash of the caller's network (`sources.pseudonym`). Raises `Problem("too-many-requests")`.
        """
        budgets = [self._of_source(source), *self._of_sign_ups(), *self._of_invitation(address, PLANS[DEFAULT])]
        with self._refusing(), self._counted(store, budgets, CommitConflict):
            yield

    def count_sign_in(self, store: Store, source: str) -> None:
        """Count the beginning of a sign-in. `source`: as in `new_sign_up`. Raises `Problem("too-many-requests")`."""
        hour, most = self._clock() // HOUR, SIGN_INS * self._allowance.sign_ups_factor
        counter = keys.source_counter("sign-ins", source, hour)
        detail = Text("At most {most} sign-ins per hour begin at one address. Try again later.", most=most)
        budget = _Budget("sign_ins_from_an_address", most, (hour + 1) * HOUR, counter, detail)
        with self._refusing():
            _count(store, budget, 1, most)

    def count_message(self, store: Store, source: str) -> None:
        """Count what a complainant writes. `source`: as in `new_sign_up`. Raises `Problem("too-many-requests")`."""
        hour, most = self._clock() // HOUR, MESSAGES * self._allowance.sign_ups_factor
        counter = keys.source_counter("messages", source, hour)
        detail = Text("At most {most} messages per hour are accepted from one address. Try again later.", most=most)
        budget = _Budget("messages_from_an_address", most, (hour + 1) * HOUR, counter, detail)
        with self._refusing():
            _count(store, budget, 1, most)

    @contextmanager
    def invitation(self, store: Store, tenant: str, limits: Plan, address: str | None) -> Iterator[None]:
        """Count an invitation; one that the mail service did not take is given back.

        `address`: None for the mail that `new_sign_up` has counted. Raises `Problem("too-many-requests")`.
        """
        invitations = INVITATIONS_A_PERSON * limits.people * self._allowance.mails_factor
        budgets = [
            self._of_tenant(tenant, "invitations", invitations),
            self._of_tenant(tenant, "mails", self.mails_a_day(limits)),
            *self._of_share(tenant, limits),
            *([] if address is None else self._of_invitation(address, limits)),
        ]
        with self._refusing(), self._counted(store, budgets, DeliveryFailed):
            yield

    @contextmanager
    def notice(self, store: Store, tenant: str, limits: Plan, stranger: str | None) -> Iterator[None]:
        """Count a notice, as `invitation` does. Raises `DeliveryFailed`, so that it is tried later.

        `stranger`: the address, if a filing named it.
        """
        of_recipient = [] if stranger is None else [self._of_recipient("notices", stranger, NOTICES)]
        of_tenant = self._of_tenant(tenant, "mails", self.mails_a_day(limits))
        try:
            budgets = [*of_recipient, of_tenant, *self._of_share(tenant, limits), *self._of_mails(limits)]
            with self._counted(store, budgets, DeliveryFailed):
                yield
        except _Exceeded as exceeded:
            raise DeliveryFailed(f"the limit {exceeded.budget.name} is reached") from None

    def _of_source(self, source: str) -> _Budget:
        hour, most = self._clock() // HOUR, SIGN_UPS * self._allowance.sign_ups_factor
        counter = keys.source_counter("sign-ups", source, hour)
        detail = Text("At most {most} organisations per hour sign up from one address. Try again later.", most=most)
        return _Budget("sign_ups_from_an_address", most, (hour + 1) * HOUR, counter, detail, "SignUpRefusedToSource")

    def _of_sign_ups(self) -> list[_Budget]:
        detail = Text("Too many organisations sign up at this time. Try again later.")
        a_day = self._allowance.sign_ups * self._allowance.sign_ups_factor
        return self._of_deployment("sign_ups", a_day, detail, "SignUpRefused")

    def _of_invitation(self, address: str, limits: Plan) -> list[_Budget]:
        return [self._of_recipient("invitations", address, INVITATIONS), *self._of_mails(limits)]

    def _of_mails(self, limits: Plan) -> list[_Budget]:
        detail = Text("Too many mails are sent at this time. Try again later.")
        a_day = self._allowance.mails * self._allowance.mails_factor
        of_all = self._of_deployment("mails", a_day, detail, "MailRefused")
        if limits != PLANS[DEFAULT]:
            return of_all
        return [*self._of_deployment("starter_mails", a_day // 2, detail, "MailRefused"), *of_all]

    def _of_share(self, tenant: str, limits: Plan) -> list[_Budget]:
        if limits != PLANS[DEFAULT]:
            return []
        hour, a_day = self._clock() // HOUR, self._allowance.mails * self._allowance.mails_factor
        most = max(1, a_day // HOURS // SHARE)
        detail = Text("The organisation's plan allows {most} of these mails per hour.", most=most)
        counter = keys.mails_counter(tenant, "mails_an_hour", hour)
        return [_Budget("mails_an_hour", most, (hour + 1) * HOUR, counter, detail, "MailRefusedToTenant", tenant)]

    def _of_recipient(self, kind: str, address: str, most: int) -> _Budget:
        content = canonical.encode(["mails", kind, mailbox(address)])
        recipient = hmac.new(self._secrets.current("lookup").secret, content, hashlib.sha256).hexdigest()
        day = self._clock() // DAY
        detail = Text("At most {most} invitations per day are sent to one address.", most=most)
        return _Budget(f"{kind}_to_an_address", most, (day + 1) * DAY, keys.recipient_counter(recipient, day), detail)

    def _of_tenant(self, tenant: str, kind: str, most: int) -> _Budget:
        day = self._clock() // DAY
        counter = keys.mails_counter(tenant, kind, day)
        detail = Text("The organisation's plan allows {most} of these mails per day.", most=most)
        return _Budget(f"{kind}_a_day", most, (day + 1) * DAY, counter, detail, "MailRefusedToTenant", tenant)

    def _of_deployment(self, kind: str, a_day: int, detail: str, figure: observability.Figure) -> list[_Budget]:
        found = []
        for name, length, most in (("an_hour", HOUR, max(1, a_day // HOURS)), ("a_day", DAY, a_day)):
            window = self._clock() // length
            counter = keys.deployment_counter(f"{kind}_{name}", window)
            found.append(_Budget(f"all_{kind}_{name}", most, (window + 1) * length, counter, detail, figure))
        return found

    @contextmanager
    def _refusing(self) -> Iterator[None]:
        try:
            yield
        except _Exceeded as exceeded:
            budget = exceeded.budget
            raise too_many_requests(budget.name, budget.most, budget.detail, budget.until, self._clock()) from None

    @contextmanager
    def _counted(self, store: Store, budgets: Sequence[_Budget], unused: type[Exception]) -> Iterator[None]:
        """Count in all budgets, or in none if one is exceeded. `unused`: what the block raises if it used nothing."""
        counted: list[_Budget] = []
        try:
            for budget in budgets:
                _count(store, budget, 1, budget.most)
                counted.append(budget)
            yield
        except (_Exceeded, unused):
            for budget in counted:
                _count(store, budget, -1)
            raise


def _count(store: Store, budget: _Budget, step: int, ceiling: int | None = None) -> None:
    expires = (budget.until + DAY) // SECOND
    with binding.tenant(budget.tenant) if budget.tenant else binding.directory():
        try:
            store.count(budget.counter, KIND, step=step, ceiling=ceiling, expires=expires)
        except CeilingReached:
            if budget.figure is not None:
                observability.measure(budget.figure)
            raise _Exceeded(budget) from None
