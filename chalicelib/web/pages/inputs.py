"""The inputs of a question, as templates draw them, and the faults of a form: each links to its input."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import msgspec

from chalicelib.crypto import receipts
from chalicelib.kit.problem import Place
from chalicelib.policy.language.facts import Fact
from chalicelib.policy.language.parts import Label
from chalicelib.policy.language.shown_order import is_by_key
from chalicelib.policy.language.values import fact_kinds
from chalicelib.policy.language.vocabulary import YES_NO
from chalicelib.web import languages
from chalicelib.web.pages.answers import Answers
from chalicelib.web.pages.reader import Reader

_COMPLETED_AS = {"name": "name", "phone": "tel", "contact": "tel", "email": "email", "address": "street-address"}
"""The `autocomplete` of a fact of the complainant, by the last part of its key, if its kind has none."""
_OTHER = re.compile(r"其[他它]|(?:an)?other\b", re.IGNORECASE)
_IDENTITY = ("complainant", "respondent")
_PLACES = ("place", "location", "address")
"""The last part of the key of a text that says where something is."""
ONE_OF_THESE = "is required: one of these"
"""The detail of a fault where an answer to one of several inputs is enough."""
_ADDRESS = "address"
"""The last part of the key of a fact that is written on some lines."""
_LINE, _ROWS_OF_ADDRESS, _ROWS = 24, 2, 5
"""Characters of a line for a name or a number, and lines of a text."""
_LONGEST_LINE, _LONGEST_ADDRESS = 200, 500
"""Characters that these inputs take."""


class Option(msgspec.Struct, frozen=True):
    """`hint`: what follows from the choice."""

    value: str
    label: str
    hint: str = ""


class Input(msgspec.Struct, frozen=True, kw_only=True):
    """`name`: in the form. `pointer`: of its value in a filing, as faults name it. `kind`: `line`, `area`, `one` or
    `several`. `most`: characters; 0 for a value without a length. `size`: characters of a line, or 0.
    """

    name: str
    pointer: str
    label: str
    kind: str
    required: bool
    type: str = "text"
    options: list[Option] = []
    autocomplete: str = ""
    inputmode: str = ""
    most: int = 4000
    size: int = 0
    rows: int = _ROWS
    is_place: bool = False
    """Whether the device's position can be an answer, if the person asks for it."""


def options(labels: Mapping[str, Label], reader: Reader) -> list[Option]:
    """In the order of the policy. By key, the rest comes last: this is no order that a person wrote."""
    found = [Option(value, reader.label(label.to_json(), value)) for value, label in labels.items()]
    return sorted(found, key=lambda one: is_other(one.label)) if is_by_key(labels) else found


def is_other(label: str) -> bool:
    """Whether it names the rest, which comes last: people look for what fits before they choose it."""
    return _OTHER.match(label) is not None


def last_part(key: str) -> str:
    """Of the key of a fact."""
    return key.rpartition(".")[2]


def of_fact(key: str, fact: Fact, required: bool, reader: Reader, short: bool, root: str = "facts") -> Input:
    """`short`: a text that identifies something, such as a plate number, is written on one line.

    `root`: the key of the request that has the values.
    """
    kind, (holder, _, last) = fact_kinds.of(fact.kind), key.partition(".")
    found = Input(
        name=f"fact.{key}",
        pointer=f"/{root}/{key}",
        label=reader.label(None if fact.name is None else fact.name.to_json(), key),
        kind="line",
        type=kind.input or "text",
        required=required,
        autocomplete=(kind.autocomplete or _COMPLETED_AS.get(last, "")) if holder == "complainant" else "",
        inputmode=kind.inputmode,
        most=min(fact.longest, kind.longest or fact.longest) if kind.has_length else 0,
        size=kind.size,
        is_place=kind.is_free_text and last_part(key) in _PLACES and holder != "respondent",
    )
    if kind.is_free_text:
        return _of_text(found, is_line=holder in _IDENTITY or short, is_address=last == _ADDRESS)
    if kind.input != "choices":
        return found
    offered = _yes_no(fact, reader) if kind.values == "yes_no" else options(fact.choices, reader)
    return msgspec.structs.replace(found, kind="several" if kind.is_list else "one", options=offered)


def _of_text(found: Input, *, is_line: bool, is_address: bool) -> Input:
    """An account of several lines; a line for what identifies something; a few lines for an address."""
    if not is_line:
        return msgspec.structs.replace(found, kind="area")
    if is_address:
        most = min(found.most, _LONGEST_ADDRESS)
        return msgspec.structs.replace(found, kind="area", rows=_ROWS_OF_ADDRESS, most=most)
    return msgspec.structs.replace(found, size=_LINE, most=min(found.most, _LONGEST_LINE))


def _yes_no(fact: Fact, reader: Reader) -> list[Option]:
    """The answers that the policy allows, in its words if it has some."""
    named = {value: choice for value, choice in fact.choices.items() if value in YES_NO}
    return (
        options(named, reader) if named else [Option(value, reader.text(f"common.{value}")) for value in ("yes", "no")]
    )


def sole_value(one: Input) -> str | None:
    """The only answer that a required choice has. Such a question answers itself."""
    return one.options[0].value if one.required and len(one.options) == 1 else None


class InputFault(msgspec.Struct, frozen=True):
    """`name`: of the input, which the error summary links to."""

    name: str
    text: str


class CodedFault(NamedTuple):
    """A fault before it is said in a language. `code`: the name of a text of the pages. `values`: of the text."""

    name: str
    code: str
    values: Mapping[str, str] = {}

    def said(self, reader: Reader) -> InputFault:
        return InputFault(self.name, reader.text(self.code, **self.values))


def saying(faults: Sequence[CodedFault]) -> Callable[[Reader], list[InputFault]]:
    """The faults in the language of a reader."""
    return lambda reader: [one.said(reader) for one in faults]


def receipt_faults(receipt: str) -> list[CodedFault]:
    """What shows without a look at the complaint that this is no receipt: nothing entered, or a slip."""
    if not receipt:
        return [CodedFault("receipt", "case.receipt_missing")]
    slip = receipts.slip(receipt)
    return [] if slip is None else [CodedFault("receipt", f"case.receipt_{slip}")]


def input_at(inputs: Mapping[str, Input], place: Place) -> Input | None:
    """The input whose value the fault is about."""
    return next(
        (one for pointer, one in inputs.items() if place.pointer == pointer or place.pointer.startswith(f"{pointer}/")),
        None,
    )


def in_order(faults: Sequence[InputFault], inputs: Sequence[Input]) -> list[InputFault]:
    """One of each input, in the order of the page. Those that belong to no input come last."""
    first = {fault.name: fault for fault in reversed(faults)}
    named = [first.pop(one.name) for one in inputs if one.name in first]
    return [*named, *(fault for fault in faults if first.get(fault.name) is fault)]


def too_long(one: Input, text: str, reader: Reader) -> InputFault | None:
    """How many characters are too many, as the counter of the input says it."""
    over = len(text) - one.most if one.most else 0
    if over <= 0:
        return None
    return InputFault(one.name, reader.text("common.too_long", label=one.label, over=f"{over:,}", most=f"{one.most:,}"))


def fault_of(one: Input, place: Place, reader: Reader, *, is_empty: bool, text: str = "") -> InputFault:
    """The fault of an input in the reader's language. `is_empty`: nothing was given. `text`: what was given."""
    if (long := too_long(one, text, reader)) is not None:
        return long
    if place.detail == ONE_OF_THESE:
        return InputFault(one.name, languages.say(place.text, reader.language))
    if place.detail == "is required" or is_empty:
        name = "file.missing" if one.kind in ("line", "area") else "file.choose"
        return InputFault(one.name, reader.text(name, label=one.label))
    return InputFault(
        one.name, reader.text("file.wrong", label=one.label, detail=languages.say(place.text, reader.language))
    )


def faults_at(asked: Sequence[Input], places: Sequence[Place], given: Answers, reader: Reader) -> list[InputFault]:
    """Those of the places that one of the inputs is about, in the order of the places."""
    by_pointer = {one.pointer: one for one in asked}
    return [
        fault_of(one, place, reader, is_empty=not given.all(one.name), text=given.one(one.name))
        for place in places
        if (one := input_at(by_pointer, place))
    ]
