"""The texts of every kind of fault, in zh and en. Imported only when a fault is shown."""

from chalicelib.policy.checks.texts import clocks, document, examples, names, points, stages

TEXTS = {**document.TEXTS, **names.TEXTS, **stages.TEXTS, **clocks.TEXTS, **points.TEXTS, **examples.TEXTS}
