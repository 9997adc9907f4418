"""Fits the sample of a policy to a change, because a policy with a sample that cannot be filed is refused."""

from __future__ import annotations

from typing import Any


def fit(document: dict[str, Any]) -> None:
    """Leaves out of the sample what the intake no longer knows."""
    intake, sample = document["intake"], document["sample"]
    sample["facts"] = {name: value for name, value in sample["facts"].items() if name in intake.get("facts", {})}
    if sample["channel"] not in intake["channels"]:
        sample["channel"] = next(iter(intake["channels"]), "none")
    categories = intake.get("categories", {})
    chosen = {name: value for name, value in sample.get("category", {}).items() if value in categories.get(name, {})}
    sample.pop("category", None)
    if chosen:
        sample["category"] = chosen
    if sample.get("severity") not in document.get("severity", {}).get("classes", {}):
        sample.pop("severity", None)
