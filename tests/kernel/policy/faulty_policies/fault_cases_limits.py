"""Faulty limits of each form, and faulty uses of `delay`, `audience`, `person` and `edition`, for `fault_cases`."""

from __future__ import annotations

from typing import Any

_LIMIT = "clocks/decision/within/0/limit"
_MEDIATE = "stages/open/mediate"

WRONG_LIMITS = {
    "later of": [
        "later of 1 day",
        "later of 1 day, none",
        "later of 1 day, earlier of 1 day, 2 days",
        "later of 1 day,2 days",
    ],
    "earlier of": ["earlier of 1 day", "earlier of same day, none", "earlier of 1 day, 2 days, 3 days, 4 days, 5 days"],
    "calendar days": ["0 calendar days", "1.5 calendar days", "3661 calendar days"],
    "calendar weeks": ["calendar weeks", "-1 calendar weeks", "600 calendar weeks"],
    "calendar months": ["1 calendar months and 1 day", "0 calendar months", "121 calendar months"],
    "calendar years": ["half calendar year", "0 calendar years", "11 calendar years"],
    "then": [
        "1 day then none",
        "later of 1 day then 2 days, 3 days",
        "1 day then earlier of 1 day, 2 days",
        "1 day then 1 day then 1 day then 1 day then 1 day",
        "6 calendar years then 5 calendar years",
    ],
    "including the first day": [
        "5 days including the first day",
        "same day including the first day",
        "14 working days including first day",
        "4 working hours including the first day",
        "none including the first day",
    ],
    "until": ["until 31 February", "until January", "until 1 january", "until 2026-01-31"],
    "same day": ["same days", "2 same day", "same calendar day"],
}


def notice(**said: Any) -> dict[str, Any]:
    return {"notices": {"on": "decided", "shows": ["verdict"], **said}}


LIMITS: dict[str, tuple[str, Any, str, str]] = {
    **{f"{form}: {text}": (_LIMIT, text, _LIMIT, "no-limit") for form, texts in WRONG_LIMITS.items() for text in texts},
    "a notice after what is no limit": ("publicity", notice(delay="soon"), "publicity/notices/delay", "no-limit"),
    "a notice after half a day": ("publicity", notice(delay="0.5 days"), "publicity/notices/delay", "no-limit"),
    "a notice after a number": ("publicity", notice(delay=5), "publicity/notices/delay", "wrong-kind"),
    "a notice for nobody known": ("publicity", notice(audience="press"), "publicity/notices/audience", "wrong-kind"),
    "results for nobody known": (
        "publicity",
        {"results": {"on": "decided", "audience": "everybody", "shows": ["verdict"]}},
        "publicity/results/audience",
        "wrong-kind",
    ),
    "figures for two audiences": (
        "publicity",
        {"figures": {"every": "quarter", "audience": ["public", "users"], "shows": ["received"]}},
        "publicity/figures/audience",
        "wrong-kind",
    ),
    "a person that an act asks for without taking it": (
        _MEDIATE,
        {"by": "ann", "sets": {"x": "field.person"}},
        f"{_MEDIATE}/sets",
        "no-field-of-act",
    ),
    "a flag from a person": (
        _MEDIATE,
        {"by": "ann", "takes": "person", "sets": {"x": "field.person"}},
        f"{_MEDIATE}/sets/x",
        "flag-without-values",
    ),
    "a condition on a person": (
        _MEDIATE,
        {"by": "ann", "when": {"person": "bob"}},
        f"{_MEDIATE}/when/person",
        "no-condition",
    ),
    "an edition of the past": ("edition", 1, "edition", "wrong-kind"),
    "an edition to come": ("edition", 3, "edition", "wrong-kind"),
    "an edition as a text": ("edition", "2", "edition", "wrong-kind"),
}
