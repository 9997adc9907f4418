"""What a draft changes in the procedure in force, in words: for those who are asked for comments (P4.10)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from chalicelib.kit import catalogue

NOT_RULES = frozenset({"language", "edition", "order", "sample", "examples"})
"""Parts of a policy that say nothing about the handling of complaints."""
MOST_NAMES = 5
"""Names of a part that are listed. Of more, the list says that there are others."""
_COMMA = {"zh": "、", "en": ", "}


def in_words(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, str]:
    """By language: the parts that differ, each with the names of what differs in it. Both are full forms of policies.

    Empty if nothing differs.
    """
    parts = [name for name in sorted({*before, *after} - NOT_RULES) if before.get(name) != after.get(name)]
    if not parts:
        return {}
    return {one: _COMMA[one].join(_part(before, after, name, one) for name in parts) for one in _COMMA}


def _part(before: Mapping[str, Any], after: Mapping[str, Any], part: str, language: str) -> str:
    label = catalogue.words("policy_parts", language)[part]
    names = list(dict.fromkeys(_names(before.get(part) or {}, after.get(part) or {}, language)))
    if not names:
        return label
    said = catalogue.words("policy_changes", language)["more" if len(names) > MOST_NAMES else "named"]
    return said.format(part=label, names=_COMMA[language].join(names[:MOST_NAMES]))


def _names(before: Any, after: Any, language: str) -> Iterator[str]:
    """The names of the items that differ, as complainants read them."""
    if not (isinstance(before, dict) and isinstance(after, dict)):
        return
    for key in sorted({*before, *after}):
        item = after.get(key) or before.get(key)
        if before.get(key) != after.get(key) and isinstance(item, dict):
            label = item.get("public_name") or item.get("name")
            if isinstance(label, dict):
                yield label.get(language) or label["zh"]
