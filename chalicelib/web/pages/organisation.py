"""The organisation of a page: its name, its units, the policy in force, and whether the public can file with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import quote

import msgspec

from chalicelib.kit.instants import Instant, to_text
from chalicelib.policy.compiled import Policy
from chalicelib.store.port import Entry, Key
from chalicelib.tenants import organisation
from chalicelib.tenants.organisation import Organisation
from chalicelib.web.call import Call
from chalicelib.web.call_context import tenant_of
from chalicelib.web.pages.reader import Reader
from chalicelib.web.pages.times import time_text, zone_name

if TYPE_CHECKING:
    from chalicelib.policy.language.wording.contact_lines import ContactLine


class TenantPage(msgspec.Struct, frozen=True):
    """The organisation that a page belongs to. `address`: of the page, without its query. `now`: when it is shown."""

    org: Organisation
    policy: Policy
    address: str
    now: Instant

    def as_of(self, reader: Reader) -> str:
        """When the page is shown, for its printed copy."""
        at = time_text(self.policy.calendar, reader, to_text(self.now))
        return reader.text("print.as_of", at=at, zone=self.zone(reader))

    def zone(self, reader: Reader) -> str:
        """The name of the zone of all times on the page."""
        return zone_name(self.policy.calendar, reader)

    @property
    def why_closed(self) -> str | None:
        """The name of the text that says why the public cannot file here; None if it can."""
        if not open_channels(self.policy):
            return "org.closed_for_filing"
        needs_unit = self.policy.document.intake.unit == "required"
        return "org.without_units" if needs_unit and not self.org.units else None

    def contact(self, language: str) -> list[ContactLine]:
        """How the organisation is reached."""
        from chalicelib.policy.language.wording.contact_lines import contact_lines  # only pages show it

        return contact_lines(self.policy.document.contact, language)


def open_channels(policy: Policy) -> list[str]:
    """The channels on which the public files here: that of `web`, or all that are open to it."""
    intake = policy.document.intake
    if intake.web is not None:
        return [intake.web]
    return [name for name in intake.channels if name not in intake.filed_by]


def tenant_page_key(call: Call) -> Key:
    """For pages that read the organisation together with something else: `tenant_page_in` takes what they read."""
    return organisation.key(tenant_of(call))


def tenant_page_in(call: Call, entries: Mapping[Key, Entry]) -> TenantPage:
    org = organisation.parse(entries[tenant_page_key(call)])
    policy = call.wiring.compiled.get(org.id, org.policy_at(call.now))
    path = call.path_template.format(**{name: quote(value, safe="") for name, value in call.params.items()})
    return TenantPage(org, policy, call.wiring.address + path, call.now)


def tenant_page_of(call: Call) -> TenantPage:
    """One read; the compiled policy is kept by the process."""
    return tenant_page_in(call, call.wiring.store.get([tenant_page_key(call)]))
