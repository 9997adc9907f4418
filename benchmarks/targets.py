"""Whether a figure is what was wanted, said under its table."""

from __future__ import annotations

from collections.abc import Mapping


def target_line(wanted: str, most: float, found: Mapping[str, float]) -> str:
    """`wanted` says what must not exceed `most`; `found` has the figures by what they are of."""
    missed = ", ".join(f"{name} {figure:.2f}" for name, figure in found.items() if figure > most)
    return (
        f"\nWanted: {wanted} at most {most:g}. {f'Missed: {missed}.' if missed else 'Met.' if found else ''}".rstrip()
    )
