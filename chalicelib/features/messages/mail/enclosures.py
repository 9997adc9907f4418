"""The texts that a mail to the complainant encloses: what an act wrote to them, in their language where it has two."""

from __future__ import annotations

from typing import Any

from chalicelib.casework import private_values
from chalicelib.complaints.confidentiality import OWN_CLASSES
from chalicelib.complaints.envelope import Event
from chalicelib.features.messages.delivery import Delivery
from chalicelib.features.messages.inbox import subject
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.deadlines import MissedAct
from chalicelib.ports import Sealer
from chalicelib.store import keys
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Store
from chalicelib.wiring import Wiring


def enclosed(wiring: Wiring, tenant: str, event: Event, delivery: Delivery, language: str) -> list[str]:
    """Return the texts written to the complainant, for the complainant only. Erased texts are missing."""
    names = event.fields.get("encloses", [])
    number, _, act = event.fields["about"].partition("/")
    if not names or delivery.reader != keys.complainant(number):
        return []
    ref = CaseRef(tenant, number)
    seq = int(act) if act.isdecimal() else _number_of(wiring.store, ref, event)
    if seq is None:
        return []
    visible = _visible(wiring.store, wiring.sealer, ref, seq)
    policy = wiring.compiled.get(tenant, event.policy)
    texts = {name: _text(policy, name, visible[name], language) for name in names if name in visible}
    missed = None if act.isdecimal() else _missed_act(policy, act)
    return [text if missed is None else missed.text_in(language, name, text) for name, text in texts.items()]


def _visible(store: Store, sealer: Sealer, ref: CaseRef, seq: int) -> dict[str, Any]:
    found = store.get(private_values.keys_of_event(ref, seq))
    values = [private_values.open_value(sealer, ref, entry) for entry in found.values()]
    visible: dict[str, Any] = private_values.visible_values(values, OWN_CLASSES)
    return visible


def _text(policy: Policy, name: str, value: Any, language: str) -> str:
    """A choice by its label."""
    fact = policy.document.fields.get(name)
    labels = {} if fact is None else {key: getattr(label, language) or label.zh for key, label in fact.choices.items()}
    chosen = value if isinstance(value, list) else [value]
    return ("、" if language == "zh" else ", ").join(labels.get(one, str(one)) for one in chosen)


def _number_of(store: Store, ref: CaseRef, notice: Event) -> int | None:
    """The number of the event that the notice is about, which time caused. Only acts have enclosures."""
    about = subject.possible_keys(ref, notice)
    event = subject.find(store.get(about), about, notice) if about else None
    return None if event is None else event.seq


def _missed_act(policy: Policy, act: str) -> MissedAct | None:
    clock = policy.clocks.get(act.partition("/")[0])
    missed = None if clock is None else clock.clock.missed
    return missed if isinstance(missed, MissedAct) else None
