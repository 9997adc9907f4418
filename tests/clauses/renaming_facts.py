"""Renames the facts and the fields of acts that a policy has named itself, wherever its document names them (X.5)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

import msgspec

from chalicelib.policy.language.facts import BUILT_IN_FIELDS
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.vocabulary import ACT_TERMS, EVENTS

_NAME = re.compile(r"[a-z][a-z0-9_]*")
"""The first word of another name, such as `complainant.name`, says how confidential the fact is."""


class FactNames:
    """`full`: the document in full form. `new`: by old name."""

    def __init__(self, full: Mapping[str, Any]) -> None:
        named = {*full["intake"]["facts"], *full["fields"]}
        own = sorted(name for name in named - _words() if _NAME.fullmatch(name))
        self.new = {name: f"zzfact{place:02}qq" for place, name in enumerate(own)}
        names = "|".join(map(re.escape, self.new))
        self._named = re.compile(rf'(?<="|{{)((?:field\.|answer\.|fact\.)?)({names})(?="|}})')

    def document(self, document: Mapping[str, Any]) -> dict[str, Any]:
        """As keys and values, after `field.`, and as places of texts."""
        text = json.dumps(document, ensure_ascii=False)
        renamed: dict[str, Any] = json.loads(self._named.sub(lambda one: one[1] + self.new[one[2]], text))
        return renamed

    def given(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The facts of a filing, or the fields of an act."""
        return {self.new.get(name, name): value for name, value in values.items()}


@cache
def _words() -> frozenset[str]:
    """What the language itself has a meaning for."""
    of_acts = (word for act in ACT_TERMS.values() for word in act.writes.split())
    return frozenset({*BUILT_IN_FIELDS, *ACT_TERMS, *EVENTS, *of_acts, *_keys()})


def _keys() -> Iterator[str]:
    """The keys of the written document, and the values from which it chooses, such as kinds of facts."""
    seen: set[Any] = set()

    def of(type_: Any) -> Iterable[str]:
        if isinstance(type_, msgspec.inspect.LiteralType):
            yield from map(str, type_.values)
        if isinstance(type_, msgspec.inspect.StructType) and type_.cls not in seen:
            seen.add(type_.cls)
            for field in type_.fields:
                yield field.encode_name
                yield from of(field.type)
        for part in ("types", "item_types"):
            for one in getattr(type_, part, ()):
                yield from of(one)
        for part in ("item_type", "key_type", "value_type"):
            if hasattr(type_, part):
                yield from of(getattr(type_, part))

    yield from of(msgspec.inspect.type_info(PolicyDocument))
