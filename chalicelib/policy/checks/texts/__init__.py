"""The table of fault texts: each kind's sentence and what would mend it, in zh and en. Read when a fault is shown."""

from chalicelib.policy.checks.texts import clocks, document, examples, names, points, stages

TEXTS = {**document.TEXTS, **names.TEXTS, **stages.TEXTS, **clocks.TEXTS, **points.TEXTS, **examples.TEXTS}
