"""The texts of every kind of fault, in zh and en. Imported only when a fault is shown."""

from chalicelib.policy.checks.texts import (
    acts,
    clocks,
    document,
    examples,
    hints,
    intake,
    names,
    points,
    publicity,
    stages,
    tasks,
    values,
)

TEXTS = {
    kind: text
    for part in (document, names, intake, values, stages, acts, clocks, tasks, points, publicity, examples, hints)
    for kind, text in part.TEXTS.items()
}
