"""Expands the short forms that authors may write into the full form of `language.model`.

A value of an unexpected shape is left unchanged, so that the decoder reports what is wrong and where.
"""

from __future__ import annotations

from chalicelib.policy.language.model import EDITION
from chalicelib.policy.reading.deadline_short_forms import clock, points, task, tier
from chalicelib.policy.reading.example_short_forms import expand_example
from chalicelib.policy.reading.expanded_values import expand_label, expand_limit, label_map, with_name
from chalicelib.policy.reading.expansion import Raw, as_list, change, change_members, each_item, each_value, renamed
from chalicelib.policy.reading.form_short_forms import printed_form
from chalicelib.policy.reading.ground_fields import with_ground_fields
from chalicelib.policy.reading.intake_short_forms import fact, intake
from chalicelib.policy.reading.publicity_short_forms import publicity, supervision
from chalicelib.policy.reading.stage_short_forms import selectors, stage


def expand_document(document: dict[str, Raw]) -> dict[str, Raw]:
    """Returns the document in its full form; the argument is not changed."""
    full = dict(document)
    if full.get("edition") is None:
        full["edition"] = EDITION
    for key, expand in _PARTS.items():
        change(full, key, expand)
    return with_ground_fields(full)


def _severity(raw: Raw) -> Raw:
    full = change_members(
        raw,
        ("classes", label_map),
        ("signs", each_value(label_map)),
        ("needs_sign", as_list),
        ("ageing", lambda ages: [_ageing(one) for one in as_list(ages)]),
    )
    if isinstance(full, dict) and isinstance(full.get("classes"), dict):
        full.setdefault("order", list(full["classes"]))
    return full


def _ageing(raw: Raw) -> Raw:
    return change_members(raw, ("after", expand_limit), ("until", as_list))


def _confidentiality(raw: Raw) -> Raw:
    return change_members(raw, ("complainant", selectors), ("content", selectors), ("auditors", as_list))


def _ledger(raw: Raw) -> Raw:
    return change_members(with_name(renamed(raw, "for", "roles")), ("roles", as_list), ("stages", as_list))


_PARTS = {
    "name": expand_label,
    "people": each_value(expand_label),
    "tiers": each_item(tier),
    "intake": intake,
    "severity": _severity,
    "fields": each_value(fact),
    "stages": each_value(stage),
    "clocks": each_value(clock),
    "tasks": each_value(task),
    "points": points,
    "publicity": publicity,
    "supervision": supervision,
    "wording": each_value(lambda one: change_members(expand_label(one), ("topic", expand_label))),
    "forms": each_value(printed_form),
    "ledgers": each_value(_ledger),
    "holds": as_list,
    "examples": each_item(expand_example),
    "confidentiality": _confidentiality,
    "amendment": lambda raw: change_members(raw, ("comments", as_list)),
}
