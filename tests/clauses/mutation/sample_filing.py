"""Fits the sample of a policy to a change, because a policy with a sample that cannot be filed is refused."""

from __future__ import annotations

from typing import Any


def fit(document: dict[str, Any]) -> None:
    """Leaves out of the sample what the intake no longer knows. A flag that became a text is `yes` there."""
    intake, sample = document["intake"], document["sample"]
    facts = intake.get("facts", {})
    sample["facts"] = {name: _fact(facts[name], value) for name, value in sample["facts"].items() if name in facts}
    if sample["channel"] not in intake["channels"]:
        sample["channel"] = next(iter(intake["channels"]), "none")
    categories = intake.get("categories", {})
    chosen = {name: value for name, value in sample.get("category", {}).items() if value in categories.get(name, {})}
    sample.pop("category", None)
    if chosen:
        sample["category"] = chosen
    if sample.get("severity") not in document.get("severity", {}).get("classes", {}):
        sample.pop("severity", None)


def _fact(defined: Any, value: Any) -> Any:
    is_flag = isinstance(defined, dict) and defined.get("kind") == "flag"
    return "yes" if value is True and not is_flag else value
