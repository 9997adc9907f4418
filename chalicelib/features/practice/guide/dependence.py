"""What depends on a role that no member holds (pure)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator

import msgspec

from chalicelib.policy.language.model import PolicyDocument


class Dependence(msgspec.Struct, frozen=True, kw_only=True):
    """`acts`: which no member can do. `approvals`: acts of which no member can approve. `tasks`: that reach no member.
    `tiers`: numbers of the tiers on which no member is told. Each by name, once."""

    acts: list[str]
    approvals: list[str]
    tasks: list[str]
    tiers: list[int]

    @property
    def is_nothing(self) -> bool:
        """Members with other roles can do the same."""
        return not (self.acts or self.approvals or self.tasks or self.tiers)


def dependence(document: PolicyDocument, role: str, held: Collection[str]) -> Dependence:
    """`held`: the roles of the members. Parties, owners and time are always there."""
    lacks = _lacking(document, role, held)
    acts = [(name, act) for stage in document.stages.values() for name, act in stage.acts.items()]
    return Dependence(
        acts=_once(name for name, act in acts if lacks(one.role for one in act.by)),
        approvals=_once(name for name, act in acts if any(lacks(one.roles) for one in act.approvals)),
        tasks=_once(name for name, task in document.tasks.items() if lacks([task.role])),
        tiers=[number for number, tier in enumerate(document.tiers, start=1) if lacks(tier.roles)],
    )


def _lacking(document: PolicyDocument, role: str, held: Collection[str]) -> Callable[[Iterable[str]], bool]:
    """Whether the role is among these, and no member holds another of them."""
    vacant = document.people.keys() - set(held)

    def lacks(roles: Iterable[str]) -> bool:
        wanted = list(roles)
        return role in wanted and all(one in vacant for one in wanted)

    return lacks


def _once(names: Iterator[str]) -> list[str]:
    return list(dict.fromkeys(names))
