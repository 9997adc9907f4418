"""What a draft changes in the procedure in force, in words: for those who are asked for comments (P4.10)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from chalicelib.kit import catalogue
from chalicelib.kit.problem import pointer_of
from chalicelib.policy.reading.faults import shortened

NOT_RULES = frozenset({"language", "edition", "order", "sample", "examples"})
"""Parts of a policy that say nothing about the handling of complaints."""
MOST_NAMES = 5
"""Names of a part that are listed. Of more, the list says that there are others."""
MOST_PLACES = 30
"""Places that are listed."""
_COMMA = {"zh": "、", "en": ", "}


def in_words(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, str]:
    """By language: the parts that differ, each with the names of what differs in it. Both are full forms of policies.

    Empty if nothing differs.
    """
    parts = [name for name in sorted({*before, *after} - NOT_RULES) if before.get(name) != after.get(name)]
    if not parts:
        return {}
    return {one: _COMMA[one].join(_part(before, after, name, one) for name in parts) for one in _COMMA}


def places(before: Any, after: Any) -> list[str]:
    """The places that differ, as JSON pointers of one or two steps, such as `/clocks/reply`: `""` is the whole."""
    if not (isinstance(before, Mapping) and isinstance(after, Mapping)):
        return [] if before == after else [""]
    return list(islice(_places(before, after), MOST_PLACES))


def _places(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    for part in {**before, **after}:
        was, is_now = before.get(part), after.get(part)
        if was == is_now:
            continue
        if isinstance(was, Mapping) and isinstance(is_now, Mapping):
            yield from (_pointer(part, key) for key in {**was, **is_now} if was.get(key) != is_now.get(key))
        else:
            yield _pointer(part)


def _pointer(*steps: str) -> str:
    return pointer_of(map(shortened, steps))


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
