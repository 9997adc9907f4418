"""A procedure with an act for each way in which a due time moves, and what the messages say of it."""

from __future__ import annotations

from typing import Any

from chalicelib.complaints.envelope import Event
from chalicelib.kit.instants import to_text
from chalicelib.policy.compiled import Policy
from tests.kernel.complaints.amended import Amend, Life, at, version

BY_CLASS = [{"when": {"severity": "general"}, "limit": "24 hours"}, {"when": {"severity": "major"}, "limit": "6 hours"}]
TIME = {"zh": "到何时", "kind": "time"}


def procedure(*amends: Amend, **clock: Any) -> Policy:
    """The example with an act for each way in which a due time moves. `clock`: further keys of `decision`."""

    def amend(document: dict[str, Any]) -> None:
        document["fields"] |= {"until": TIME, "sooner": TIME}
        stage = document["stages"]["open"]
        stage["classify"] = {"by": "handler", "needs": "severity"}
        stage["extend"] = {"by": "handler", "needs": ["clock", "until"]}
        stage["promise"] = {"by": "handler", "needs": "until"}
        stage["object"] = {"by": "handler"}
        document["clocks"]["decision"].update(clock)
        for one in amends:
            one(document)

    return version(1, amend)


def notices(life: Life) -> list[Event]:
    return [event for event in life.events if event.type == "notified" and "moved" in event.fields]


def moves(life: Life) -> list[tuple[list[str], list[tuple[Any, ...]]]]:
    """By message: its readers, and the run, its old and new time, the event and the reason of each move."""
    return [(one.fields["to"], [_move(move) for move in one.fields["moved"]]) for one in notices(life)]


def _move(move: dict[str, Any]) -> tuple[Any, ...]:
    return move["deadline"], move["from"], move["to"], move["by"], move.get("why")


def time(hours: int) -> str:
    return to_text(at(hours))


def one_move(*move: Any, to: str = "complainant") -> list[tuple[list[str], list[tuple[Any, ...]]]]:
    return [([to], [move])]
