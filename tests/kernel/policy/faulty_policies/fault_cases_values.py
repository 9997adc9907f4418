"""Faults of bands, dates, required facts and categories, and receipt, one each, for the table in `fault_cases`."""

from __future__ import annotations

from typing import Any

from tests.kernel.policy.faulty_policies.faulty import GONE, GOOD

_AMOUNT, _BANDS = "fields/amount", "fields/amount/bands"
_RECEIVED = "intake/received"
_SETS = "stages/open/decide/sets"
_SIZE = "intake/facts/size"


def number(bands: Any) -> dict[str, Any]:
    return {"zh": "数", "kind": "number", "bands": bands}


def fact(required: Any) -> dict[str, Any]:
    return {"zh": "大小", "kind": "choice", "choices": ["s", "l"], "required": required}


def bound(**when: str) -> dict[str, Any]:
    return {"valid": {"zh": "有效", "when": when}, "void": {"zh": "无效"}}


VALUES: dict[str, tuple[str, Any, str, str]] = {
    "an order of what is no list": ("order", {"fields.colour": ["red"]}, "order/fields.colour", "order-of-no-list"),
    "an order of a value that is none": (
        "order",
        {"fields.verdict": ["valid", "red"]},
        "order/fields.verdict/1",
        "order-of-no-value",
    ),
    "an order with a value twice": (
        "order",
        {"fields.verdict": ["valid", "valid"]},
        "order/fields.verdict/1",
        "order-of-no-value",
    ),
    "an order that is no map": ("order", ["valid"], "order", "wrong-kind"),
    "a choice of a field that asks for no clock": (
        "fields/verdict/choices",
        bound(**{"clock.x": "met"}),
        "fields/verdict/choices/valid/when/clock.x",
        "no-condition",
    ),
    "a choice of a field that asks for a state which the clock never has": (
        "fields/verdict/choices",
        bound(**{"clock.decision": "paused"}),
        "fields/verdict/choices/valid/when/clock.decision",
        "no-value",
    ),
    "a choice of a fact that asks for a clock": (
        f"{_SIZE}/choices",
        bound(**{"clock.decision": "met"}),
        f"{_SIZE}/choices/valid/when/clock.decision",
        "no-condition",
    ),
    "a placeholder that is no time": ("wording/result/en", "{amount}", "wording/result/en", "no-placeholder"),
    "a text with a time that its act lacks": (
        "wording/result/en",
        "{number} by {until}",
        "stages/open/decide/tells/wording",
        "time-not-given",
    ),
    "bands without an end": (_AMOUNT, number({"small": {"most": 5}}), _BANDS, "bands-without-end"),
    "a band after the last": (
        _AMOUNT,
        number({"large": {}, "small": {"most": 5}, "x": {}}),
        f"{_BANDS}/large",
        "band-hides-others",
    ),
    "bands that do not ascend": (
        _AMOUNT,
        number({"a": {"most": 5}, "b": {"most": 5}, "c": {}}),
        f"{_BANDS}/b/most",
        "bands-not-ascending",
    ),
    "two bands of one name": (_AMOUNT, number([{"name": "a", "most": 1}, {"name": "a"}]), f"{_BANDS}/1", "band-twice"),
    "a band named none": (_AMOUNT, number({"none": {"most": 1}, "some": {}}), f"{_BANDS}/none", "reserved"),
    "bands of a text": (
        "fields/who/bands",
        {"small": {"most": 5}, "large": {}},
        "fields/who/bands",
        "bands-without-number",
    ),
    "a greatest number below the least": (
        "fields/amount",
        {"zh": "数", "kind": "number", "least": 5, "most": 4.5},
        "fields/amount/most",
        "most-below-least",
    ),
    "a greatest number that is a text": ("fields/amount/most", "5", "fields/amount/most", "wrong-kind"),
    "a length of half a character": ("fields/who/most", 10.5, "fields/who/most", "no-length"),
    "a least text": ("fields/who/least", 1, "fields/who/least", "least-without-number"),
    "a field that no clock gives": ("fields/verdict/given_by", "time", "fields/verdict/given_by", "time-never-gives"),
    "a needed field that time gives": ("fields/who/given_by", "time", "fields/who/given_by", "time-gives-elsewhere"),
    "a fact that time gives": (
        "intake/facts/when/given_by",
        "time",
        "intake/facts/when/given_by",
        "time-gives-elsewhere",
    ),
    "a least number that is a text": ("fields/amount/least", "1", "fields/amount/least", "wrong-kind"),
    "a band up to a text": (_AMOUNT, number({"small": {"most": "5"}, "x": {}}), f"{_BANDS}/small/most", "wrong-kind"),
    "more bands than there may be": (
        _AMOUNT,
        number({**{f"b{n}": {"most": n} for n in range(20)}, "rest": {}}),
        _BANDS,
        "too-many-of",
    ),
    "a field named like the channel": ("fields/channel", {"zh": "渠道"}, "fields/channel", "shadows"),
    "a field named like a flag of the system": ("fields/in_time", {"zh": "及时"}, "fields/in_time", "shadows"),
    "a field named like a category": ("fields/kind", {"zh": "类型"}, "fields/kind", "shadows"),
    "a field named like the state of a clock": ("fields/clock.x", {"zh": "时限"}, "fields/clock.x", "shadows"),
    "a fact named like the state of a clock": (
        "intake/facts/clock.x",
        {"zh": "时限"},
        "intake/facts/clock.x",
        "shadows",
    ),
    "a flag named like the state of a clock": (
        f"{_SETS}/clock.decision",
        "met",
        f"{_SETS}/clock.decision",
        "shadows",
    ),
    "a date of a kind that is none": (f"{_AMOUNT}/kind", "day", f"{_AMOUNT}/kind", "wrong-kind"),
    "a due time of a kind that is none": (
        "fields/until/kind",
        "day",
        "fields/until/kind",
        "wrong-kind",
    ),
    "a limitation from a private date": (
        "intake/facts/when",
        {"zh": "何时", "kind": "date", "required": True, "holder": "content"},
        "intake/limitation/latest",
        "no-public-time",
    ),
    "a fact required when nothing is known": (
        _SIZE,
        fact({"when": {"moon": "full"}}),
        f"{_SIZE}/required/when/moon",
        "no-condition",
    ),
    "a fact required for itself": (
        _SIZE,
        fact({"when": {"size": "s"}}),
        f"{_SIZE}/required/when/size",
        "not-yet-known",
    ),
    "a fact required in a stage": (
        _SIZE,
        fact({"when": {"stage": "open"}}),
        f"{_SIZE}/required/when/stage",
        "not-yet-known",
    ),
    "a fact required always": (_SIZE, fact({"when": {}}), f"{_SIZE}/required/when", "required-always"),
    "a fact required otherwise": (_SIZE, fact({"when": {}, "if": {}}), f"{_SIZE}/required/if", "unknown-key"),
    "a field required always": (
        f"{_AMOUNT}/required",
        {"when": {}},
        f"{_AMOUNT}/required/when",
        "field-required-always",
    ),
    "a field required by a channel that is none": (
        f"{_AMOUNT}/required",
        {"when": {"channel": "fax"}},
        f"{_AMOUNT}/required/when/channel",
        "no-value",
    ),
    "a field required by a name that is none": (
        f"{_AMOUNT}/required",
        {"when": {"moon": "full"}},
        f"{_AMOUNT}/required/when/moon",
        "no-condition",
    ),
    "a field required by itself": (
        f"{_AMOUNT}/required",
        {"when": {"amount": "none"}},
        f"{_AMOUNT}/required/when/amount",
        "no-condition",
    ),
    "a required category that is none": ("intake/required", ["moon"], "intake/required/0", "no-category"),
    "a required category that is a channel": ("intake/required", "channel", "intake/required", "no-category"),
    "required categories that are a number": ("intake/required", 7, "intake/required", "wrong-kind"),
    "a required category without choices": (
        "intake",
        {**GOOD["intake"], "categories": {"kind": {}}, "required": "kind"},
        "intake/required",
        "category-without-choices",
    ),
    "a receipt at any time": (_RECEIVED, {"within": "none"}, f"{_RECEIVED}/within", "received-any-time"),
    "a receipt within what is no limit": (_RECEIVED, {"within": "lately"}, f"{_RECEIVED}/within", "no-limit"),
    "a receipt without a limit": (_RECEIVED, {"needs": "who"}, f"{_RECEIVED}/within", "missing"),
    "a receipt that needs no field": (
        _RECEIVED,
        {"within": "9 days", "needs": "stars"},
        f"{_RECEIVED}/needs",
        "no-field",
    ),
    "a receipt that needs a number": (_RECEIVED, {"within": "9 days", "needs": 7}, f"{_RECEIVED}/needs", "wrong-kind"),
    "a limitation whose facts may be missing": (
        "intake/facts/when/required",
        GONE,
        "intake/limitation/latest",
        "limitation-may-be-missing",
    ),
    "a limitation whose facts are given on one channel": (
        "intake/facts/when/required",
        "phone",
        "intake/facts/when/required",
        "wrong-kind",
    ),
    "a limitation whose facts are missing on one channel": (
        "intake/facts/when/required",
        ["phone"],
        "intake/limitation/latest",
        "limitation-may-be-missing",
    ),
    "a limitation from nothing": (
        "intake/limitation/latest",
        [],
        "intake/limitation/latest",
        "limitation-from-nothing",
    ),
}
