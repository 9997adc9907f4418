"""People who do what their lists offer, and time that moves on when they have nothing. Parties may stay silent."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from chalicelib.kit.instants import DAY, HOUR, from_text, to_text
from tests.clauses.organisation import Organisation

PARTIES = frozenset({"complainant", "respondent"})
Offer = tuple[str, str, Any]
"""The person, the act and its form."""
REOPENING = {"reopen"}
_SKIPPED = frozenset({"note", "inform", "tick", "link", "recuse", "reopen", "hold", "release", "withdraw"})
_MOST_MOVES = 400
_OFTEN = 2
"""How often a person does the same act in one stage. After `_PATIENCE` waits staff start again, but for corrections;
parties do not."""
_CORRECTIONS = frozenset({"classify"})
_PATIENCE = 10


class StandsStill(AssertionError):
    """A case that no one can move any more."""


def reminders(organisation: Organisation, number: str) -> list[dict[str, Any]]:
    """The events of the act `notify`. Events of messages have no act. Without the end of the time to answer."""
    found = [event for event in organisation.events(number, type_="notified") if event.get("act") == "notify"]
    return [event for event in found if "waited" not in event["fields"]]


def _sees_nothing() -> None:
    pass


def until_the_end(
    organisation: Organisation,
    number: str,
    seed: int,
    *,
    answering: bool = False,
    never: frozenset[str] = frozenset(),
    watch: Callable[[], None] = _sees_nothing,
) -> list[str]:
    """Plays the complaint to a stage without further acts. Returns the acts and waits, in order, and `end`.

    `answering`: the complainant acts too. `never`: acts that no one does. `watch` is called after each
    move. Raises `StandsStill` after `_MOST_MOVES`.
    """
    moves: list[str] = []
    choice = random.Random(seed)
    done: Counter[tuple[str, str]] = Counter()
    said = set[tuple[str, str]]()
    waits = 0
    ends = _ends(organisation)
    stage = _stage(organisation, number)
    for _ in range(_MOST_MOVES):
        watch()
        if stage in ends:
            return [*moves, "end"]
        here = Counter({act: times for (where, act), times in done.items() if where == stage})
        for who, act, form in _rarest_first(_offered(organisation, number, choice, answering), here):
            possible = act not in never and here[act] < _OFTEN
            if possible and (after := _done(organisation, number, who, act, form, choice)):
                done[stage, act] += 1
                said.update([(stage, act)] if who in PARTIES or act in _CORRECTIONS else [])
                moves.append(f"{stage}: {who} {act}")
                stage = after
                break
        else:
            waits += 1
            if waits % _PATIENCE == 0:
                done = Counter({key: times for key, times in done.items() if key in said})
            moves.append(f"{stage}: wait")
            _wait(organisation, number)
            stage = _stage(organisation, number)
    raise StandsStill(f"{number} stands in {stage} after {moves[-12:]}")


def moved(organisation: Organisation, number: str, seed: int, moves: int) -> None:
    """Plays some acts of staff and complainant, in random order, and no time."""
    choice = random.Random(seed)
    done: Counter[str] = Counter()
    ends = _ends(organisation)
    stage = _stage(organisation, number)
    for _ in range(moves):
        if stage in ends:
            return
        offers = _offered(organisation, number, choice, answering=True)
        for who, act, form in _rarest_first(offers, done):
            if done[act] < _OFTEN and (after := _done(organisation, number, who, act, form, choice)):
                done[act] += 1
                stage = after
                break


def _rarest_first(offers: Iterable[Offer], done: Counter[str]) -> Iterator[Offer]:
    """By how often the act was done. One that was not done yet comes first, so no later person need be asked."""
    again = []
    for offer in offers:
        if done[offer[1]]:
            again.append(offer)
        else:
            yield offer
    yield from sorted(again, key=lambda offer: done[offer[1]])


def _ends(organisation: Organisation) -> set[str]:
    """The stages without further acts, but for a late rating."""
    stages = organisation.get("/policy", "owner")["policy"]["stages"]
    return {name for name, stage in stages.items() if not _leads_on(stage.get("acts", {}))}


def _leads_on(acts: dict[str, Any]) -> bool:
    return any(name not in REOPENING and (name != "rate" or act.get("to") is not None) for name, act in acts.items())


def _offered(organisation: Organisation, number: str, choice: random.Random, answering: bool) -> Iterator[Offer]:
    """The acts, tasks and approvals of the staff, and of a complainant who answers, in random order."""
    people = [who for who in organisation.tokens if who not in {"owner", *PARTIES}]
    people += ["complainant"] if answering else []
    choice.shuffle(people)
    for who in people:
        shown = organisation.complaint(number, who)
        forms = {**shown.get("office_forms", {}), **shown["forms"]}
        for act in choice.sample(sorted(forms), len(forms)):
            if act not in _SKIPPED:
                yield who, act, forms[act]


def _done(organisation: Organisation, number: str, who: str, act: str, form: Any, choice: random.Random) -> str | None:
    """The stage after the act; None if it is refused."""
    fields = {
        field["name"]: _value(organisation, number, field, choice)
        for field in form
        if field["required"] or choice.random() < 0.5
    }
    answer = organisation.try_act(number, who, act, **fields)
    return str(answer.json["stage"]) if answer.status == 200 else None


def _stage(organisation: Organisation, number: str) -> str:
    return str(organisation.complaint(number)["stage"])


def _value(organisation: Organisation, number: str, field: Any, choice: random.Random) -> Any:
    now = organisation.world.now()
    match field["kind"]:
        case "conditions":
            return dict.fromkeys(field["choices"], True)
        case "choice":
            return choice.choice(field["choices"])
        case "choices":
            return [choice.choice(field["choices"])]
        case "people":
            return [choice.choice([sub for who, sub in organisation.subs.items() if who not in PARTIES])]
        case "flag":
            return choice.random() < 0.5
        case "number":
            return 100
        case "time" | "date":
            return to_text(now + choice.choice([-HOUR, DAY]))
        case "proposal" | "task":
            return choice.choice(_awaited(organisation, number, field["kind"]) or ["none"])
    return "按规定办理。"


def _awaited(organisation: Organisation, number: str, kind: str) -> list[str]:
    shown = organisation.complaint(number, next(iter(organisation.subs)))
    return [one["id"] for one in shown["proposals" if kind == "proposal" else "tasks"]]


def _wait(organisation: Organisation, number: str) -> None:
    """Until the next due time of the complaint, at least a day."""
    due = organisation.complaint(number).get("next")
    later = organisation.world.now() + DAY
    organisation.world.move_to(to_text(max(later, from_text(due["due"]) if due and due["due"] else 0)))
