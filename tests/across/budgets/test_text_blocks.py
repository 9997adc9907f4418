"""What the pages of text blocks cost: their size on the wire, and their calls to the store."""

from __future__ import annotations

import random

import pytest

from chalicelib.access import binding
from chalicelib.features.text_blocks import block
from chalicelib.features.text_blocks.block import BlockList, BlockRow
from chalicelib.features.text_blocks.wanted import MAX_NAME, MAX_TEXT
from chalicelib.store.keys import text_blocks
from tests.across.budgets.test_desk import KB, MOST_CALLS, opened, style, zipped
from tests.clauses.offices.marketplace import accepted, marketplace_in
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.handling.text_blocks.blocks import written
from tests.sign_in.door import START, desk

_SIGNS = [chr(at) for at in range(0x4E00, 0x6E00)]
"""Characters of which a text that chance has written hardly gets smaller."""


def random_text(length: int, seed: int) -> str:
    return "".join(random.Random(seed).choices(_SIGNS, k=length))


@pytest.fixture(scope="module")
def office() -> Organisation:
    """With as many text blocks in use as there can be, each with a long name, and one with the longest text."""
    made = marketplace_in(InProcess(START))
    number = accepted(made)
    longest = written(made, text=random_text(MAX_TEXT, 0), name="长")
    assert isinstance(made.world, InProcess)
    store = made.world.fakes.wiring.store
    with binding.tenant(made.id):
        key = text_blocks.listed(made.id)
        entry = store.get([key])[key]
        first = block.LIST.read(entry).blocks[0]
        further = [
            BlockRow(id=f"{at}", version=1, name=random_text(MAX_NAME, at), language="zh", by=first.by, at=first.at)
            for at in range(1_000, 1_000 + block.MOST - 1)
        ]
        store.commit([block.LIST.write(key, BlockList(blocks=[first, *further]), entry)])
    assert (number, longest) == (next(iter(made.filed)), first.id)
    return made


@pytest.mark.parametrize("page", ["", "/{block}", "/new"])
def test_a_page_is_at_most_30_kilobytes_with_few_calls(office: Organisation, page: str) -> None:
    block_id = str(office.get("/text-blocks", "owner")["text_blocks"][-1]["id"])
    browser, calls = opened(office, f"{desk(office)}/text-blocks{page.format(block=block_id)}", who="owner")
    assert zipped(browser.answer.text, style()) <= 30 * KB
    assert calls <= MOST_CALLS


def test_the_form_of_an_act_with_every_block_is_at_most_30_kilobytes(office: Organisation) -> None:
    browser, calls = opened(office, f"{desk(office)}/complaints/{next(iter(office.filed))}/acts/inform")
    assert browser.answer.text.count("<option") == block.MOST + 1
    assert zipped(browser.answer.text, style()) <= 30 * KB
    assert calls <= MOST_CALLS
