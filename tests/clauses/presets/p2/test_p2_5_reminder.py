"""P2.5: a reminder of the agreed time says which time it is."""

from __future__ import annotations

from tests.clauses.offices.garage import agreed
from tests.clauses.organisation import Organisation


def test_p2_5_the_reminder_names_the_agreed_time(garage: Organisation) -> None:
    number = agreed(garage)

    garage.act(number, "customer_service", "confirm")

    assert garage.told("complainant", number)[0] == (
        f"您的投诉 {number}：请您按约定的返修时间 2026年11月28日（周六）10:00 到店；如不便前来，请您另约时间。"
    )
