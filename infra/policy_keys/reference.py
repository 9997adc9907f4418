"""`docs/policy-reference.md`: one table of every key of the policy language."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from infra.policy_keys import flow
from infra.policy_keys.parts import KeyEntry, Part, act_meanings, all_parts
from infra.policy_keys.shapes import ACTS, words_of

_HEAD = Path(__file__).parent / "reference_head.txt"


def page() -> str:
    return _HEAD.read_text("utf-8") + "".join(
        f"| {' | '.join(cell.replace('|', '&#124;') for cell in row)} |\n" for row in rows()
    )


def rows() -> Iterator[tuple[str, ...]]:
    """Key, type, default, place, meaning, example."""
    for part in all_parts().values():
        for entry in part.entries:
            yield _row(part, entry)
        if part.others == "acts":
            yield from _acts(part)


def _row(part: Part, entry: KeyEntry) -> tuple[str, ...]:
    words = words_of(entry.shape, entry.choices)
    return (
        f"`{entry.key}`",
        words,
        _default(part, entry),
        _place(part),
        entry.meaning,
        _example(entry.key, entry.example),
    )


def _place(part: Part) -> str:
    if part.name == "document":
        return part.where
    return f"{f'[{part.name}](policy.md#{part.rules})' if part.rules else f'*{part.name}*'}: {part.where}"


def _default(part: Part, entry: KeyEntry) -> str:
    if entry.required:
        return "required"
    if entry.default:
        return entry.default
    if entry.value not in (None, "", [], {}):
        return f"`{flow.text(entry.value)}`"
    return "one of them is required" if entry.key in part.requires else "—"


def _acts(part: Part) -> Iterator[tuple[str, ...]]:
    meanings = act_meanings()
    for act in ACTS:
        yield f"`{act}`", "*act*", "—", _place(part), meanings[act], _example(act, {"by": "agent"})


def _example(key: str, value: Any) -> str:
    return f"`{key}: {flow.text(value)}`"
