"""The texts of every kind of fault, in zh and en. Imported only when a fault is shown."""

from chalicelib.policy.checks.texts import clocks, document, examples, intake, names, points, stages, tasks

TEXTS = {
    kind: text
    for part in (document, names, intake, stages, clocks, tasks, points, examples)
    for kind, text in part.TEXTS.items()
}
