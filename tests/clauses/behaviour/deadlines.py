"""The deadlines of a complaint in the words that its complainant reads."""

from __future__ import annotations

from tests.clauses.organisation import Organisation


def read_by_complainant(organisation: Organisation, number: str, *clocks: str) -> dict[str, str]:
    """By clock, in Chinese: who has to act, and what for."""
    found = {clock: organisation.deadline(number, clock) for clock in clocks}
    return {clock: f"{one['actor']['zh']}：{one['label']['zh']}" for clock, one in found.items()}
