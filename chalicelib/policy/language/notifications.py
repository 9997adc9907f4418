"""Notifications: who is told of an event."""

from __future__ import annotations

from chalicelib.policy.language.conditions import Condition
from chalicelib.policy.language.parts import LanguagePart, PeopleSelector, role_names


class NotificationRule(LanguagePart, frozen=True, kw_only=True):
    """Sends a notification to the people of a role, to `assigned`, or to the `complainant`."""

    to: list[str | PeopleSelector]
    wording: str | None = None
    due: str | None = None
    """The clock that supplies the `{due}` placeholder of the wording. By default the clock that is due first."""
    when: Condition = {}
    encloses: list[str] = []
    """Fields of the event whose text is included in the e-mail to the complainant, as a written reply (P7.8)."""

    @property
    def roles(self) -> list[str]:
        """The recipients without their exclusions."""
        return role_names(self.to)
