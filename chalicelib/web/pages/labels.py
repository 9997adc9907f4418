"""The labels of a complaint's stage, category, channel and deadline, in the words of a policy.

A complaint under another version can have a word that this policy lacks. Then its name is shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec

from chalicelib.policy.compiled import Policy
from chalicelib.web.pages.reader import Reader

if TYPE_CHECKING:
    from chalicelib.policy.language.parts import Label
    from chalicelib.tenants.people.membership import Membership
    from chalicelib.web.pages.desk import Desk

_OF_ID = 6
"""Characters by which people without a name are told apart."""


class CaseLabels(msgspec.Struct, frozen=True):
    policy: Policy
    reader: Reader
    units: Mapping[str, str]
    """The names of the organisation's units."""
    caller: Membership

    def stage(self, name: str) -> str:
        found = self.policy.document.stages.get(name)
        return self._of(None if found is None else found.name, name)

    def clock(self, name: str) -> str:
        found = self.policy.clocks.get(name)
        return self._of(None if found is None else found.clock.name, name)

    def channel(self, name: str) -> str:
        return self._of(self.policy.document.intake.channels.get(name), name)

    def severity(self, name: str) -> str:
        classes = self.policy.document.severity
        return self._of(None if classes is None else classes.classes.get(name), name)

    def category(self, values: Mapping[str, str]) -> str:
        groups = self.policy.document.intake.categories
        return self.joined([self._of(groups.get(group, {}).get(value), value) for group, value in values.items()])

    def unit(self, name: str) -> str:
        return self.units.get(name, name)

    def person(self, one: Membership) -> str:
        """A member by name. Without one, owners and the member read the mail address, as the API gives it to them, and
        others the end of the id.
        """
        if one.name or self.caller.owner or one.sub == self.caller.sub:
            return one.name or one.email
        return self.reader.text("desk.unnamed", id=one.sub[-_OF_ID:])

    def role(self, name: str) -> str:
        return self._of(self.policy.document.people.get(name), self.reader.of_code("role.", name))

    def joined(self, texts: list[str]) -> str:
        return ("、" if self.reader.language == "zh" else ", ").join(texts)

    def _of(self, label: Label | None, name: str) -> str:
        return name if label is None else self.reader.label(label.to_json(), name)


def labels_of(desk: Desk, policy: Policy | None = None) -> CaseLabels:
    """In the words of the policy in force, or of this one."""
    units = {name: unit.name for name, unit in desk.member.org.units.items()}
    return CaseLabels(policy or desk.member.policy, desk.reader, units, desk.person)
