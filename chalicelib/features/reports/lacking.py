"""Why a report has nothing: the policy has no act or field for a measure, or the period ends before the first
complaint."""

from __future__ import annotations

from collections.abc import Iterator

from chalicelib.casework import numbers
from chalicelib.kit import catalogue
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.vocabulary import ANSWERS, EVENT_OF_ACT
from chalicelib.statistics.measures.measure import Measure
from chalicelib.statistics.question import Question
from chalicelib.store.port import Store

_OF_SERIES = {
    "first_acceptance": frozenset({"accepted"}),
    "first_refusal": frozenset({"refused"}),
    "refusal": frozenset({"refused"}),
    "answer": ANSWERS,
    "demand": frozenset({"evidence_demanded"}),
    "first_substantive_reply": ANSWERS,
    "first_decision": frozenset({"decided"}),
    "ruling": frozenset({"decided"}),
    "first_closing": frozenset({"closed"}),
    "ending": frozenset({"closed"}),
}
"""By series: the events of which an act must be able to cause one."""
_EVENTS = frozenset(EVENT_OF_ACT.values())


def of_measure(document: PolicyDocument, measure: Measure) -> dict[str, str] | None:
    """Why nothing can be counted under the policy. None if something can."""
    wanted = _OF_SERIES.get(measure.counts.series) or _EVENTS.intersection(measure.counts.where.get("event", ()))
    if wanted and not wanted & set(_possible(document)):
        return _in_both("no_act")
    if measure.counts.series == "amount" and not _adds_up(document, measure):
        return _in_both("no_sum")
    if measure.counts.series == "severity_change" and document.severity is None:
        return _in_both("no_severity")
    if measure.counts.series == "first_category" and not document.intake.categories:
        return _in_both("no_category")
    return None


def _possible(document: PolicyDocument) -> Iterator[str]:
    """The events that acts cause, in a stage, at once or by approval, or when a time is missed."""
    for stage in document.stages.values():
        yield from (EVENT_OF_ACT[name] for name in stage.acts if name in EVENT_OF_ACT)


def _adds_up(document: PolicyDocument, measure: Measure) -> bool:
    filed = () if "given" in measure.counts.where else document.intake.facts.values()
    return any(one.sum in measure.counts.where["sum"] for one in (*filed, *document.fields.values()))


def of_period(store: Store, tenant: str, question: Question) -> dict[str, str] | None:
    """Why a period has no complaints at all. None if it ends after the first one was registered."""
    first = min((month.name for month in numbers.months(store, tenant)), default=None)
    if first is None:
        return _in_both("no_complaints")
    if f"{question.last.year:04d}{question.last.month:02d}" < first:
        return _in_both("before_first", month=f"{first[:4]}-{first[4:]}")
    return None


def _in_both(name: str, **values: str) -> dict[str, str]:
    found = catalogue.texts("figure_reasons")[f"lacking.{name}"]
    return {"zh": found.zh.format(**values), "en": found.en.format(**values)}
