"""Selection of texts that are usable as complaints: long enough, and about refunds, delivery or service."""

from __future__ import annotations

from collections.abc import Iterable

MIN_LENGTH = 40
"""Characters."""
MAX_LENGTH = 4_000
"""Characters: the presets' limit of one fact."""

WORDS: dict[str, tuple[str, ...]] = {
    "refund": ("退款", "退货", "退钱", "退换", "换货", "赔偿", "赔款", "退还", "要求退"),
    "delivery": ("快递", "送货", "发货", "物流", "配送", "收货", "到货", "签收", "没收到", "没有收到"),
    "service": ("服务", "客服", "售后", "前台", "态度", "投诉", "保修", "维修"),
}
"""A text has the first topic of which it contains a word."""


def topic(text: str) -> str | None:
    return next((name for name, words in WORDS.items() if any(word in text for word in words)), None)


def pick(lines: Iterable[str], count: int) -> list[str]:
    """Return the first `count` different suitable texts, in order. Raises ValueError if there are fewer.

    White space is collapsed and trimmed.
    """
    found: dict[str, None] = {}
    for line in lines:
        text = " ".join(line.split())
        if MIN_LENGTH <= len(text) <= MAX_LENGTH and topic(text):
            found.setdefault(text)
        if len(found) == count:
            return list(found)
    raise ValueError(f"only {len(found)} texts are suitable, but {count} are needed")
