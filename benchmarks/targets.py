"""The line under a table that says whether a target is met."""

from __future__ import annotations

from collections.abc import Mapping


def target_line(target: str, limit: float, figures: Mapping[str, float]) -> str:
    """Return the line. `target`: what must not exceed `limit`. `figures`: the measured figures by name."""
    missed = ", ".join(f"{name} {figure:.2f}" for name, figure in figures.items() if figure > limit)
    result = f"Missed: {missed}." if missed else "Met." if figures else ""
    return f"\nTarget: {target} at most {limit:g}. {result}".rstrip()
