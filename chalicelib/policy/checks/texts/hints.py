"""Texts of hints."""

from chalicelib.policy.checks.texts.fault_text import FaultText

TEXTS = {
    "elapsed-days": FaultText(
        "`{name}` is elapsed time: it ends at the time of day at which it began, on working days or not",
        "`{name}` 按实际经过的时间计算：在起算的同一时刻届满，不论是否为工作日",
        'write "calendar days", "calendar weeks" or "calendar months" if whole days are meant, as in most laws',
        "如指整日（多数法律如此），请写 calendar days、calendar weeks 或 calendar months",
    ),
}
