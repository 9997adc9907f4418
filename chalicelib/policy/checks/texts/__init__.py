"""The texts of every kind of fault, in zh and en. Imported only when a fault is shown."""

from chalicelib.policy.checks.texts import (
    acts,
    clocks,
    document,
    examples,
    forms,
    hints,
    intake,
    ledgers,
    names,
    points,
    publicity,
    stages,
    tasks,
    values,
)

_PARTS = (
    document,
    names,
    intake,
    values,
    stages,
    acts,
    clocks,
    tasks,
    points,
    publicity,
    forms,
    ledgers,
    examples,
    hints,
)
TEXTS = {kind: text for part in _PARTS for kind, text in part.TEXTS.items()}
