"""Names for people of the values of a table's dimension, as the policy in force and the organisation define them."""

from __future__ import annotations

from typing import NamedTuple

from chalicelib.policy.language.model import PolicyDocument
from chalicelib.statistics import dimensions
from chalicelib.tenants.organisation import Organisation


class Labels(NamedTuple):
    document: PolicyDocument
    organisation: Organisation

    def of(self, dimension: str, value: str) -> dict[str, str]:
        """The value itself where nothing names it, as after a change of the policy. Empty for an absent value."""
        name_of = dimensions.of(dimension).name_of
        found = None if name_of is None else name_of(self.document, self.organisation, value)
        return {"zh": value, "en": value} if found is None else {"zh": found.zh, "en": found.en or found.zh}
