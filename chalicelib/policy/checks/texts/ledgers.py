"""Texts about ledgers."""

from chalicelib.policy.checks.texts.fault_text import FaultText

TEXTS = {
    "ledger-without": FaultText(
        "this ledger has no {of}",
        "此台帐没有 {of}",
        "name at least one, or remove the ledger",
        "请至少写出一个，或删去此台帐",
    ),
    "ledger-of-several-shelves": FaultText(
        "the stages of this ledger stand on different shelves",
        "此台帐的阶段不在同一列表分区",
        "give all of them the same `shelf`, or make a ledger for each shelf",
        "请为这些阶段写相同的 `shelf`，或为每个分区各建一个台帐",
    ),
}
