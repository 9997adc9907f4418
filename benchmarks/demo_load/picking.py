"""Which texts are complaints of the kind that is wanted: long enough, and about refunds, delivery or service."""

from __future__ import annotations

from collections.abc import Iterable

MIN_LENGTH = 40
"""Characters."""
MAX_LENGTH = 4_000
"""Characters; what the presets take as one fact."""

WORDS: dict[str, tuple[str, ...]] = {
    "refund": ("退款", "退货", "退钱", "退换", "换货", "赔偿", "赔款", "退还", "要求退"),
    "delivery": ("快递", "送货", "发货", "物流", "配送", "收货", "到货", "签收", "没收到", "没有收到"),
    "service": ("服务", "客服", "售后", "前台", "态度", "投诉", "保修", "维修"),
}
"""A text is about a topic when it has one of the topic's words. Topics are tried in this order."""


def topic(text: str) -> str | None:
    return next((name for name, words in WORDS.items() if any(word in text for word in words)), None)


def pick(lines: Iterable[str], count: int) -> list[str]:
    """The first `count` different texts that fit, in the order of the source. Raises ValueError where there are fewer.

    White space counts as one blank, and not at the ends.
    """
    found: dict[str, None] = {}
    for line in lines:
        text = " ".join(line.split())
        if MIN_LENGTH <= len(text) <= MAX_LENGTH and topic(text):
            found.setdefault(text)
        if len(found) == count:
            return list(found)
    raise ValueError(f"only {len(found)} texts fit, and {count} are wanted")
