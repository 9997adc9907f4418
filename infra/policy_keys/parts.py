"""Joins `parts/*.yaml` with the structs of the policy language. A key that only one of them has is an error."""

from __future__ import annotations

import importlib
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args, get_origin

import msgspec

from chalicelib.policy.language.values.fact_kinds import OF_DOCUMENTS
from chalicelib.policy.language.vocabulary import EVENT_OF_ACT, LISTABLE_ACTS
from chalicelib.policy.reading.source import read

FOLDER = Path(__file__).parent / "parts"
FILES = (
    *("document", "calendar", "intake", "facts", "people", "stages", "clocks", "tasks"),
    *("publicity", "forms", "examples"),
)
"""In the order of the reference. `acts.yaml` has another form."""
_PRIVATE_KINDS = ", ".join(f"`{name}`" for name, row in OF_DOCUMENTS.items() if not row.is_public)
_LABEL_KEYS = {
    "name": "The display text. `zh` and `en` may stand beside the other keys instead.",
    "zh": "The Chinese text, in place of `name`.",
    "en": "The English text, in place of `name`.",
}


class KeyEntry(NamedTuple):
    """A key of a part. `shape` is an expression of `shapes`; `choices` are the values of the shape `choice`."""

    key: str
    shape: str
    meaning: str
    example: Any
    default: str
    value: Any = None
    """The default as a value, if there is one."""
    required: bool = False
    nullable: bool = False
    choices: tuple[Any, ...] = ()
    alias: str = ""
    """The full form's word for the key. Both are read."""


class Part(NamedTuple):
    name: str
    where: str
    about: str
    entries: tuple[KeyEntry, ...]
    plain: str = ""
    """The shape of the short form, which is no map."""
    labelled: bool = False
    """True if `zh`, `en` or `name` can stand beside the other keys."""
    requires: tuple[str, ...] = ()
    """Keys of which at least one must be given."""
    others: str = ""
    """The shape of the values of all other keys. Without it there are none."""
    exactly_one: bool = False
    rules: str = ""
    """The heading of `docs/policy.md`, as an anchor, below which its rules stand."""


@cache
def all_parts() -> dict[str, Part]:
    """By name, in the order of the reference."""
    return {
        name: _part(name, raw)
        for file in FILES
        for name, raw in read((FOLDER / f"{file}.yaml").read_text("utf-8")).items()
    }


@cache
def act_meanings() -> dict[str, str]:
    """What each act says that stages can list."""
    meanings: dict[str, str] = read((FOLDER / "acts.yaml").read_text("utf-8"))
    if meanings.keys() != LISTABLE_ACTS:
        raise ValueError(f"acts.yaml and vocabulary.ACT_TERMS differ: {sorted(meanings.keys() ^ LISTABLE_ACTS)}")
    return {act: f"{text} Causes the event `{EVENT_OF_ACT[act]}`." for act, text in meanings.items()}


def _part(name: str, raw: dict[str, Any]) -> Part:
    fields = _fields(raw["struct"]) if "struct" in raw else {}
    aliases = {written: full for full, written in raw.get("written", {}).items()}
    labelled = bool(raw.get("labelled"))
    named = {aliases.get(key, key) for key in raw["keys"]}
    if fields and named != fields.keys() - ({"name"} if labelled else set()):
        raise ValueError(f"{name}: the keys differ from those of {raw['struct']}: {sorted(named ^ fields.keys())}")
    entries = [
        _entry(key, described, fields.get(aliases.get(key, key)), aliases.get(key, ""))
        for key, described in raw["keys"].items()
    ]
    optional = {*raw.get("optional", ()), *raw.get("requires", ())}
    entries = [one._replace(required=False) if one.key in optional else one for one in entries]
    label_required = labelled and fields["name"].required
    return Part(
        name=name,
        where=raw["where"],
        about=raw["about"],
        entries=(*(_label_entries() if labelled else ()), *entries),
        plain=raw.get("plain", ""),
        labelled=labelled,
        requires=tuple(raw.get("requires", ("name", "zh", "en") if label_required else ())),
        others="acts" if raw.get("acts") else raw.get("others", ""),
        exactly_one=bool(raw.get("exactly_one")),
        rules=raw.get("rules", ""),
    )


def _label_entries() -> tuple[KeyEntry, ...]:
    examples = {"name": {"en": "Report"}, "zh": "报告", "en": "Report"}
    return tuple(
        KeyEntry(key, "label" if key == "name" else "text", meaning, examples[key], "", nullable=key == "name")
        for key, meaning in _LABEL_KEYS.items()
    )


def _fields(struct: str) -> dict[str, msgspec.structs.FieldInfo]:
    module, _, name = struct.rpartition(".")
    found = getattr(importlib.import_module(f"chalicelib.policy.{module}"), name)
    return {field.encode_name: field for field in msgspec.structs.fields(found)}


def _entry(key: str, raw: dict[str, Any], field: msgspec.structs.FieldInfo | None, alias: str) -> KeyEntry:
    kind = None if field is None else field.type
    value = None if field is None or field.default in (None, msgspec.NODEFAULT) else field.default
    return KeyEntry(
        key=key,
        shape=raw["is"],
        meaning=raw["means"].replace("PRIVATE_KINDS", _PRIVATE_KINDS),
        example=raw["example"],
        default=raw.get("default", ""),
        value=value,
        required=field is not None and field.required,
        nullable=type(None) in get_args(kind),
        choices=tuple(_literals(kind)),
        alias=alias if alias != "overrides" else "",
    )


def _literals(kind: Any) -> list[Any]:
    """The values of each `Literal` in a type, and of each annotation that lists them, as `DocumentKind` does."""
    if get_origin(kind) is Literal:
        return list(get_args(kind))
    if isinstance(kind, msgspec.Meta):
        return list((kind.extra_json_schema or {}).get("enum", ()))
    return [value for inner in get_args(kind) for value in _literals(inner)]
