"""Expands the short forms that authors may write into the full form of `language.model`.

A value of an unexpected shape is left unchanged, so that the decoder reports what is wrong and where. Each `refuse`
takes the fields that a ground needs, and each `classify` those of `severity.lowering`: otherwise no such act could be
complete.
"""

from __future__ import annotations

from chalicelib.policy.language.facts import BUILT_IN_FIELDS, STRUCK
from chalicelib.policy.language.model import EDITION
from chalicelib.policy.reading.deadline_short_forms import clock, points, task, tier
from chalicelib.policy.reading.example_short_forms import expand_example
from chalicelib.policy.reading.expansion import (
    Raw,
    as_list,
    change,
    change_members,
    each_item,
    each_value,
    expand_condition,
    expand_label,
    expand_limit,
    label_map,
    renamed,
    triggers,
    with_name,
)
from chalicelib.policy.reading.stage_short_forms import approval, notification_rules, selectors, stage


def intake(raw: Raw) -> Raw:
    return change_members(
        raw,
        ("channels", label_map),
        ("filed_by", each_value(as_list)),
        ("facts", each_value(fact)),
        ("subject", as_list),
        ("email", as_list),
        ("categories", each_value(label_map)),
        ("category_names", label_map),
        ("required", as_list),
        ("chosen_by_staff", as_list),
        ("received", lambda one: change_members(one, ("within", expand_limit), ("needs", as_list))),
        ("repeats", lambda one: change_members(one, ("same", as_list), ("within", expand_limit))),
        ("conditions", each_value(with_name)),
        ("refusals", each_value(_ground)),
        ("limitation", _limitation),
        ("evidence", each_value(_evidence_kind)),
        ("evidence_within", expand_limit),
        ("evidence_kept", expand_limit),
        ("tells", notification_rules),
        ("routing", each_item(lambda one: change_members(one, ("when", expand_condition)))),
    )


def _limitation(raw: Raw) -> Raw:
    parts = each_item(lambda one: change_members(renamed(one, "from", "start"), ("within", expand_limit)))
    return change_members(
        raw, ("within", expand_limit), ("latest", as_list), ("later of", parts), ("earlier of", parts)
    )


def fact(raw: Raw) -> Raw:
    if raw in ("required", "optional"):
        return {"required": raw == "required"}
    return change_members(
        with_name(raw),
        ("choices", _choices),
        ("bands", _bands),
        ("required", lambda one: change_members(one, ("when", expand_condition))),
    )


def _choices(raw: Raw) -> Raw:
    return each_value(lambda choice: change_members(choice, ("when", expand_condition)))(label_map(raw))


def _bands(raw: Raw) -> Raw:
    """`{small: {most: 500}, large: {}}` → a list, because canonical JSON sorts the keys of maps."""
    if not isinstance(raw, dict):
        return raw
    return [{"name": name, **band} if isinstance(band, dict) else band for name, band in raw.items()]


def _evidence_kind(raw: Raw) -> Raw:
    return change_members(with_name(raw), ("types", as_list), ("shown_to", as_list))


def _ground(raw: Raw) -> Raw:
    return change_members(with_name(raw), ("when", expand_condition), ("needs", as_list))


_REFUSE, _CLASSIFY = "refuse", "classify"


def with_further_fields(full: dict[str, Raw]) -> dict[str, Raw]:
    """`full`: a document in its full form. Names that are no fields are reported where a part needs them."""
    full = _taking(full, _REFUSE, _of_grounds(full))
    return _taking(full, _CLASSIFY, _of_lowering(full))


def _taking(full: dict[str, Raw], name: str, names: list[str]) -> dict[str, Raw]:
    """The document in which each act of this name takes the fields."""
    needed = [one for one in names if one in BUILT_IN_FIELDS or one in (full.get("fields") or ())]
    if not needed:
        return full

    def taking(act: Raw) -> Raw:
        if not isinstance(act, dict):
            return act
        needs, takes = (act.get(key) or [] for key in ("needs", "takes"))
        if not isinstance(needs, list) or not isinstance(takes, list):
            return act
        lacking = [name for name in needed if name not in needs and name not in takes]
        return {**act, "takes": [*takes, *lacking]} if lacking else act

    stages = each_value(
        lambda stage: change_members(stage, ("acts", lambda acts: change_members(acts, (name, taking))))
    )
    changed: dict[str, Raw] = change_members(full, ("stages", stages))
    return changed


def _of_lowering(full: dict[str, Raw]) -> list[str]:
    severity = full.get("severity")
    lowering = severity.get("lowering") if isinstance(severity, dict) else None
    if not isinstance(lowering, dict):
        return []
    needs = lowering.get("needs")
    return [STRUCK, *(one for one in (needs if isinstance(needs, list) else ()) if isinstance(one, str))]


def _of_grounds(full: dict[str, Raw]) -> list[str]:
    intake = full.get("intake")
    grounds = intake.get("refusals") if isinstance(intake, dict) else None
    found = [
        name
        for ground in (grounds.values() if isinstance(grounds, dict) else ())
        if isinstance(ground, dict) and isinstance(ground.get("needs"), list)
        for name in ground["needs"]
        if isinstance(name, str)
    ]
    return list(dict.fromkeys(found))


def publicity(raw: Raw) -> Raw:
    return change_members(
        raw,
        ("notices", _notices),
        ("results", lambda one: change_members(one, ("on", triggers), ("shows", as_list))),
        ("figures", lambda one: change_members(one, ("shows", as_list))),
    )


def _notices(raw: Raw) -> Raw:
    return change_members(
        raw,
        ("when", expand_condition),
        ("on", triggers),
        ("delay", expand_limit),
        ("approval", approval),
        ("objection", lambda one: change_members(one, ("within", expand_limit))),
        ("shows", as_list),
    )


def _amendment(raw: Raw) -> Raw:
    approval = ("approval", lambda one: change_members(one, ("by", as_list)))
    return change_members(raw, ("comments", as_list), ("for", expand_limit), approval)


def supervision(raw: Raw) -> Raw:
    return change_members(
        raw, ("by", as_list), ("within", expand_limit), ("remind", expand_limit), ("inspection", _inspection)
    )


def _inspection(raw: Raw) -> Raw:
    return change_members(renamed(raw, "for", "role"), ("due", expand_limit), ("tells", as_list))


def printed_form(raw: Raw) -> Raw:
    return change_members(with_name(raw), ("by", selectors), ("sections", each_item(_section)))


def _section(raw: Raw) -> Raw:
    return change_members(with_name(raw), ("lines", lambda lines: [_line(one) for one in as_list(lines)]))


def _line(raw: Raw) -> Raw:
    """`severity` → `{shows: severity}`."""
    if isinstance(raw, str):
        return {"shows": raw}
    return change_members(with_name(raw), ("on", triggers))


def expand_document(document: dict[str, Raw]) -> dict[str, Raw]:
    """Returns the document in its full form; the argument is not changed."""
    full = dict(document)
    if full.get("edition") is None:
        full["edition"] = EDITION
    for key, expand in _PARTS.items():
        change(full, key, expand)
    return with_further_fields(full)


def _severity(raw: Raw) -> Raw:
    full = change_members(
        raw,
        ("classes", label_map),
        ("signs", each_value(label_map)),
        ("needs_sign", as_list),
        ("ageing", lambda ages: [_ageing(one) for one in as_list(ages)]),
        ("lowering", lambda one: change_members(one, ("needs", as_list), ("approval", approval))),
    )
    if isinstance(full, dict) and isinstance(full.get("classes"), dict):
        full.setdefault("order", list(full["classes"]))
    return full


def _ageing(raw: Raw) -> Raw:
    return change_members(raw, ("after", expand_limit), ("until", as_list))


def _confidentiality(raw: Raw) -> Raw:
    return change_members(raw, ("complainant", selectors), ("content", selectors), ("auditors", as_list))


def _ledger(raw: Raw) -> Raw:
    return change_members(
        with_name(renamed(raw, "for", "roles")), ("roles", as_list), ("stages", as_list), ("shows", as_list)
    )


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
    "amendment": _amendment,
    "retention": lambda raw: change_members(raw, ("closed", expand_limit)),
    "contact": lambda raw: change_members(
        raw, ("address", expand_label), ("hours", expand_label), ("outside", with_name)
    ),
}
