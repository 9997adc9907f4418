"""The tiers as a ladder: who is told at each step after a miss, and when."""

from __future__ import annotations

from typing import NamedTuple

from chalicelib.features.studio.telling.words import ProcedureWords
from chalicelib.policy.language.model import Tier
from chalicelib.policy.language.vocabulary import UNIT_CALENDAR


class Rung(NamedTuple):
    """`level`: from 1. `more`: further sentences."""

    level: int
    at: str
    who: str
    more: list[str]


def ladder(words: ProcedureWords) -> list[Rung]:
    """The first tier handles the complaint. A miss leads to the second; the top one is told again and again."""
    return [rung(words, number) for number in range(1, len(words.document.tiers) + 1)]


def rung(words: ProcedureWords, level: int) -> Rung:
    tiers = words.document.tiers
    tier, before, top = tiers[level - 1], tiers[level - 2], level == len(tiers)
    if level == 1:
        at = words.say("tier_first_alone" if top else "tier_first")
    elif level == 2:
        at = words.say("tier_miss")
    elif before.within is None:
        at = words.say("tier_same")
    else:
        at = words.say("tier_after", limit=words.limit(before.within))
    repeat = [words.say("tier_again", limit=words.limit(words.policy.again))] if top and words.policy.again else []
    return Rung(level, at, told(words, tier), [*_calendar(words, tier), *repeat])


def told(words: ProcedureWords, tier: Tier) -> str:
    """The roles of the tier, and those who can end the delay. Without either, the owners."""
    roles = words.people(tier.roles) if tier.roles else ""
    if tier.acting:
        return words.say("and_acting", who=roles) if roles else words.say("acting")
    return roles or words.role("owner")


def _calendar(words: ProcedureWords, tier: Tier) -> list[str]:
    if tier.calendar is None or tier.within is None:
        return []
    return [words.say("unit_calendar" if tier.calendar == UNIT_CALENDAR else "in_calendar", name=tier.calendar)]
