"""Faults of publicity and supervision, one each, for the table in `fault_cases`."""

from __future__ import annotations

from typing import Any

_NOTICES, _RESULTS, _FIGURES = "publicity/notices", "publicity/results", "publicity/figures"
_INSPECTION = "supervision/inspection"


def notices(**said: Any) -> dict[str, Any]:
    return {"notices": {"on": "decided", "shows": ["kind", "verdict"], **said}}


def results(**said: Any) -> dict[str, Any]:
    return {"results": {"on": "decided", "shows": "verdict", **said}}


def figures(**said: Any) -> dict[str, Any]:
    return {"figures": {"every": "quarter", "shows": "received", **said}}


def supervised(**said: Any) -> dict[str, Any]:
    return {"by": "bob", **said}


def inspection(**said: Any) -> dict[str, Any]:
    return {"by": "bob", "inspection": {"every": "quarter", "due": "10 working days", "for": "bob", **said}}


PUBLICITY: dict[str, tuple[str, Any, str, str]] = {
    "publicity of rumours": ("publicity", {"rumours": {}}, "publicity/rumours", "unknown-key"),
    "a notice after no event": ("publicity", notices(on=[]), f"{_NOTICES}/on", "never-published"),
    "a notice after what cannot happen": ("publicity", notices(on="closed"), f"{_NOTICES}/on", "cannot-happen"),
    "a notice of what nobody knows": (
        "publicity",
        notices(when={"moon": "full"}),
        f"{_NOTICES}/when/moon",
        "no-condition",
    ),
    "a notice of no outcome": ("publicity", notices(when={"verdict": "maybe"}), f"{_NOTICES}/when/verdict", "no-value"),
    "a notice after a while": ("publicity", notices(delay="a while"), f"{_NOTICES}/delay", "no-limit"),
    "a notice that an unknown role approves": (
        "publicity",
        notices(approval={"by": "eve"}),
        f"{_NOTICES}/approval/by",
        "no-role",
    ),
    "a notice with everybody's consent": ("publicity", notices(consent="all"), f"{_NOTICES}/consent", "wrong-kind"),
    "an objection by staff": (
        "publicity",
        notices(objection={"by": "ann", "within": "1 week"}),
        f"{_NOTICES}/objection/by",
        "wrong-kind",
    ),
    "an objection at any time": (
        "publicity",
        notices(objection={"by": "respondent", "within": "none"}),
        f"{_NOTICES}/objection/within",
        "never-published",
    ),
    "an objection without a limit": (
        "publicity",
        notices(objection={"by": "respondent"}),
        f"{_NOTICES}/objection/within",
        "missing",
    ),
    "a notice that shows nothing": ("publicity", notices(shows=[]), f"{_NOTICES}/shows", "shows-nothing"),
    "a notice that shows what is none": ("publicity", notices(shows="stars"), f"{_NOTICES}/shows", "cannot-be-shown"),
    "a notice that shows the complaint": ("publicity", notices(shows="content"), f"{_NOTICES}/shows", "never-public"),
    "a notice for nobody": ("publicity", notices(audience="nobody"), f"{_NOTICES}/audience", "wrong-kind"),
    "results after no event": ("publicity", results(on=[]), f"{_RESULTS}/on", "never-published"),
    "results that show nothing": ("publicity", results(shows=[]), f"{_RESULTS}/shows", "shows-nothing"),
    "results that show a date of no event": (
        "publicity",
        results(shows="forwarded_on"),
        f"{_RESULTS}/shows",
        "cannot-be-shown",
    ),
    "results for nobody": ("publicity", results(audience=["users"]), f"{_RESULTS}/audience", "wrong-kind"),
    "figures at times": ("publicity", figures(every="now and then"), f"{_FIGURES}/every", "wrong-kind"),
    "figures of nothing": ("publicity", figures(shows=[]), f"{_FIGURES}/shows", "shows-nothing"),
    "figures of stars": ("publicity", figures(shows="stars"), f"{_FIGURES}/shows", "wrong-kind"),
    "consent to what is not shown": (
        "fields/amount/consent",
        "complainant",
        "fields/amount/consent",
        "consent-to-nothing",
    ),
    "consent of everybody": ("fields/amount/consent", "everybody", "fields/amount/consent", "wrong-kind"),
    "consent to an unpublished fact": (
        "intake/facts/size/consent",
        "none",
        "intake/facts/size/consent",
        "consent-to-nothing",
    ),
    "supervision by nobody": ("supervision", {"by": []}, "supervision/by", "supervision-without-role"),
    "supervision by an unknown role": ("supervision", {"by": "eve"}, "supervision/by", "no-role"),
    "supervision without a by": ("supervision", {}, "supervision/by", "missing"),
    "a report without an end": ("supervision", supervised(within="none"), "supervision/within", "report-never-due"),
    "a report with a wrong limit": ("supervision", supervised(within="soon"), "supervision/within", "no-limit"),
    "a reminder of nothing": ("supervision", supervised(remind="1 day"), "supervision/remind", "reminded-of-nothing"),
    "a reminder that is never": (
        "supervision",
        supervised(within="2 working days", remind="none"),
        "supervision/remind",
        "report-never-due",
    ),
    "a reminder after the limit": (
        "supervision",
        supervised(within="2 working days", remind="10 days"),
        "supervision/remind",
        "reminded-too-late",
    ),
    "a reminder at the limit": (
        "supervision",
        supervised(within="2 working days", remind="2 working days"),
        "supervision/remind",
        "reminded-too-late",
    ),
    "an inspection at times": ("supervision", inspection(every="day"), f"{_INSPECTION}/every", "wrong-kind"),
    "an inspection that is never due": (
        "supervision",
        inspection(due="none"),
        f"{_INSPECTION}/due",
        "schedule-never-due",
    ),
    "an inspection by an unknown role": ("supervision", inspection(**{"for": "eve"}), f"{_INSPECTION}/for", "no-role"),
    "an inspection told to nobody that exists": (
        "supervision",
        inspection(tells="eve"),
        f"{_INSPECTION}/tells",
        "no-role",
    ),
}
