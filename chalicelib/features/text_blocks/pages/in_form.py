"""Text blocks in the form of an act at the desk: those that fit the complaint, and the fields that take them.

Inserting is a step of the form: what was typed is kept as a draft, with the text at the end of its field, and the form
comes back. What is sent is the text as it was edited then. The form says from which versions it was made.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from chalicelib.casework.views.complaint_queries import VisibleComplaint
from chalicelib.complaints.rights.permits import MOST_TEXT_BLOCKS, UsedTextBlock
from chalicelib.features.text_blocks import insertion
from chalicelib.features.text_blocks.block import BlockRow
from chalicelib.features.text_blocks.filling import gaps
from chalicelib.features.text_blocks.insertion import InsertedTextBlock
from chalicelib.kit.problem import Problem
from chalicelib.web.call import Call
from chalicelib.web.call_context import tenant_of
from chalicelib.web.pages.answers import Answers
from chalicelib.web.pages.desk import Desk, case_request
from chalicelib.web.pages.inputs import Option
from chalicelib.web.pages.labels import labels_of

USED = "text_block"
"""The input with a block that was inserted, as `<block>.<version>`."""
TOLD = ("block_inserted", "block_none", "block_gone")
"""What the form says about an insertion."""
_USED = re.compile(r"(\d{1,9})\.(\d{1,6})")


class TextsOfForm(NamedTuple):
    """`targets`: the inputs of the form that take a text. `given`: what was typed. The complaint was read with
    `insertion.key`."""

    call: Call
    desk: Desk
    visible: VisibleComplaint
    targets: Sequence[Option]
    given: Answers


class OfferedBlocks(NamedTuple):
    """`blocks`: by language, that of the reader first."""

    blocks: list[tuple[str, list[BlockRow]]]
    targets: Sequence[Option]


def offered(form: TextsOfForm) -> OfferedBlocks | None:
    """None if the form has no text, or no block fits the complaint."""
    return _by_language(form, insertion.fitting(tenant_of(form.call), form.visible))


def offered_for_many(form: TextsOfForm) -> OfferedBlocks | None:
    """As `offered`, for many complaints, of which one was read: all that are in use."""
    return _by_language(form, insertion.in_use(tenant_of(form.call), form.visible))


def _by_language(form: TextsOfForm, found: Sequence[BlockRow]) -> OfferedBlocks | None:
    reader = form.desk.reader
    of_language = [(name, [one for one in found if one.language == name]) for name in (reader.language, reader.other)]
    return (
        OfferedBlocks([(name, rows) for name, rows in of_language if rows], form.targets)
        if found and form.targets
        else None
    )


class Inserted(NamedTuple):
    """`told`: one of `TOLD`."""

    given: Answers
    told: str


def insert(form: TextsOfForm) -> Inserted:
    """What was typed, with the chosen block at the end of the chosen field."""
    units = labels_of(form.desk).units

    def filled(chosen: str) -> InsertedTextBlock:
        return insertion.insert(form.call.wiring, case_request(form.call), form.visible, units, chosen)

    return _inserted(form, filled)


def insert_for_many(form: TextsOfForm) -> Inserted:
    """As `insert`, with the placeholders as they are."""

    def unfilled(chosen: str) -> InsertedTextBlock:
        return insertion.unfilled(form.call.wiring, tenant_of(form.call), form.visible, chosen)

    return _inserted(form, unfilled)


def _inserted(form: TextsOfForm, read: Callable[[str], InsertedTextBlock]) -> Inserted:
    given, possible = form.given, [one.value for one in form.targets]
    target, chosen = given.one("into"), given.one("block")
    if not chosen or target not in possible:
        return Inserted(given, "block_none")
    try:
        found = read(chosen)
    except Problem as problem:
        if problem.kind not in ("not-found", "forbidden"):
            raise
        return Inserted(given, "block_gone")
    typed = given.given.get(target, [""])[0].rstrip()
    text = f"{typed}\n\n{found.text}" if typed else found.text
    names = list(dict.fromkeys([*given.all(USED), f"{found.block}.{found.version}"]))[-MOST_TEXT_BLOCKS:]
    return Inserted(Answers({**given.given, target: [text], USED: names}), "block_inserted")


def used(given: Answers) -> list[UsedTextBlock]:
    """The blocks that the form names. Values that it cannot have are left out."""
    found = [_USED.fullmatch(one) for one in dict.fromkeys(given.all(USED))]
    return [UsedTextBlock(block=one[1], version=int(one[2])) for one in found if one][:MOST_TEXT_BLOCKS]


def missing(form: TextsOfForm) -> list[str]:
    """The gaps that are left in the texts, if a block was inserted."""
    if not form.given.all(USED):
        return []
    texts = [form.given.one(one.value) for one in form.targets]
    return list(dict.fromkeys(gap for text in texts for gap in gaps(text)))
