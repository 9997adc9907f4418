"""Who reads what was filed, as pages name them: the roles of a rule of `confidentiality`."""

from __future__ import annotations

from collections.abc import Sequence

from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.parts import RoleSelector
from chalicelib.web.pages.reader import Reader


def role_labels(policy: Policy, rule: Sequence[RoleSelector] | None, reader: Reader) -> list[str]:
    """The labels of the roles that the rule of a class names. Without a rule, these are all of the policy."""
    if rule is None:
        return [reader.label(one.to_json()) for one in policy.document.people.values()]
    return list(dict.fromkeys(_role(policy, one, reader) for one in rule))


def _role(policy: Policy, selector: RoleSelector, reader: Reader) -> str:
    label = policy.document.people.get(selector.role)
    name = reader.text(f"role.{selector.role}") if label is None else reader.label(label.to_json())
    return reader.text("file.assigned", role=name) if selector.of == "assigned" else name
