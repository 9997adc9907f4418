"""The work of a procedure, stage by stage, by which a walk brings a complaint from any stage to the archive."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from chalicelib.kit.instants import DAY, to_text
from tests.clauses.organisation import Organisation
from tests.clauses.silent_parties import StandsStill
from tests.clauses.walks.archive import is_archived

Step = tuple[str, str, Mapping[str, Any]]
"""The person, the act and its fields."""
WAIT = "wait"
"""In place of an act: time passes, such as that of a party to answer."""
Work = Mapping[str, Sequence[Step]]
"""The steps of each stage. Those that are not open to their person are left out."""


def to_the_archive(organisation: Organisation, number: str, work: Work) -> None:
    """Does the work until the complaint is archived. Raises `StandsStill` at a stage in which no step is open."""
    stage = organisation.complaint(number)["stage"]
    while stage in work:
        done = steps_done(organisation, number, work[stage])
        if not done:
            raise StandsStill(f"{number} stands in {stage}")
        stage = done[-1]["stage"]
    (archivist, act, _), *_ = work["closed"]
    assert act == "archive"
    assert is_archived(organisation, number, archivist)


def steps_done(organisation: Organisation, number: str, steps: Iterable[Step]) -> list[dict[str, Any]]:
    """Does the steps that are open to their person when their turn comes. Returns the answer to each."""
    answers = []
    shown: dict[str, dict[str, Any]] = {}
    """What each person sees since the latest act. The answer to an act shows it too."""
    for who, act, fields in steps:
        if act == WAIT:
            organisation.world.move_to(to_text(organisation.world.now() + fields["days"] * DAY))
            shown = {}
            continue
        if who not in shown:
            shown[who] = organisation.complaint(number, who)
        if act in shown[who]["acts"]:
            answers.append(organisation.act(number, who, act, **fields))
            shown = {who: answers[-1]}
    return answers
