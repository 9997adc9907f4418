"""A frozen ledger with the most matters fits into an item of the table."""

from __future__ import annotations

import random

import msgspec

from chalicelib.casework.composing.period_documents import digest
from chalicelib.features.ledgers import listing
from chalicelib.features.ledgers.item import LEDGERS, FrozenLedger
from chalicelib.features.ledgers.matter import LedgerDeadline, LedgerTask, Matter, NextTask
from chalicelib.kit import canonical
from chalicelib.kit.instants import DAY, MINUTE, to_text

MOST_BYTES = 400_000
"""Of an item (DynamoDB)."""
NAME = {"zh": "未了事宜沟通提醒（请客户及时回厂处理）", "en": "Contact about a pending matter"}


def matter(number: int, chance: random.Random) -> Matter:
    def time() -> str:
        return to_text(20_000 * DAY + chance.randrange(10**6) * MINUTE)

    deadline = LedgerDeadline(clock="silence", name=NAME, due=time(), state="running")
    return Matter(
        number=f"202611-{number:06d}",
        stage="pending",
        stage_name=NAME,
        since=time(),
        registered_at=time(),
        severity="general",
        category={"nature": chance.choice(("quality", "delay"))},
        unit=chance.choice(("north", "south")),
        flags={"pending_for": chance.choice(("parts_delay", "no_time"))},
        deadlines=[deadline] * 3,
        tasks=[LedgerTask(task="contact", name=NAME, role="manager", opened=time(), due=time(), state="running")],
        next=NextTask(task="contact", name=NAME, role="manager", opens=time()),
        acts=["accept", "classify", "resume"],
    )


def test_the_most_matters_fit_into_an_item() -> None:
    chance = random.Random(2026)
    matters = [matter(chance.randrange(10**6), chance) for _ in range(listing.MOST_MATTERS)]
    document = canonical.encode(msgspec.to_builtins(matters))
    row = FrozenLedger(
        ledger="manager",
        month="2026-11",
        name=NAME,
        roles=["manager"],
        as_of=0,
        matters=len(matters),
        complete=True,
        sha256=digest(document),
        size=len(document),
    )

    bodies = [len(put.entry.body) for put in LEDGERS.puts("t-1", row, document)]

    assert max(bodies) < MOST_BYTES / 2
