"""Each `refuse` takes the fields that a ground needs: otherwise no refusal on this ground could be complete."""

from __future__ import annotations

from chalicelib.policy.language.facts import BUILT_IN_FIELDS
from chalicelib.policy.reading.expansion import Raw, change_members, each_value

_ACT = "refuse"


def with_ground_fields(full: dict[str, Raw]) -> dict[str, Raw]:
    """`full`: a document in its full form. Names that are no fields are reported where the ground has them."""
    needed = [name for name in _needed(full) if name in BUILT_IN_FIELDS or name in (full.get("fields") or ())]
    if not needed:
        return full

    def taking(act: Raw) -> Raw:
        if not isinstance(act, dict):
            return act
        needs, takes = (act.get(key) or [] for key in ("needs", "takes"))
        if not isinstance(needs, list) or not isinstance(takes, list):
            return act
        lacking = [name for name in needed if name not in needs and name not in takes]
        return {**act, "takes": [*takes, *lacking]} if lacking else act

    stages = each_value(
        lambda stage: change_members(stage, ("acts", lambda acts: change_members(acts, (_ACT, taking))))
    )
    changed: dict[str, Raw] = change_members(full, ("stages", stages))
    return changed


def _needed(full: dict[str, Raw]) -> list[str]:
    intake = full.get("intake")
    grounds = intake.get("refusals") if isinstance(intake, dict) else None
    found = [
        name
        for ground in (grounds.values() if isinstance(grounds, dict) else ())
        if isinstance(ground, dict) and isinstance(ground.get("needs"), list)
        for name in ground["needs"]
        if isinstance(name, str)
    ]
    return list(dict.fromkeys(found))
