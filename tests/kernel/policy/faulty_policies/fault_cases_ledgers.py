"""Faults of ledgers, one each, for the table in `fault_cases`."""

from __future__ import annotations

from typing import Any


def ledger(**said: Any) -> dict[str, Any]:
    return {"waiting": {"zh": "台帐", "for": "ann", "stages": "open", **said}}


LEDGERS: dict[str, tuple[str, Any, str, str]] = {
    "a ledger of an unknown role": ("ledgers", ledger(**{"for": "eve"}), "ledgers/waiting/for", "no-role"),
    "a ledger of an unknown stage": ("ledgers", ledger(stages="limbo"), "ledgers/waiting/stages", "no-stage"),
    "a ledger without keepers": ("ledgers", ledger(**{"for": []}), "ledgers/waiting/for", "ledger-without"),
    "a ledger of no stage": ("ledgers", ledger(stages=[]), "ledgers/waiting/stages", "ledger-without"),
    "a ledger that shows an unknown fact": (
        "ledgers",
        ledger(shows="colour"),
        "ledgers/waiting/shows",
        "cannot-be-listed",
    ),
    "a ledger without roles": (
        "ledgers",
        {"waiting": {"zh": "台帐", "stages": "open"}},
        "ledgers/waiting/for",
        "missing",
    ),
    "a ledger without a name": (
        "ledgers",
        {"waiting": {"for": "ann", "stages": "open"}},
        "ledgers/waiting/name",
        "missing",
    ),
    "a ledger with a colour": ("ledgers", ledger(colour="red"), "ledgers/waiting/colour", "unknown-key"),
}
