"""A queue that escalates after some days, with tickets."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import Permission, User
from django.db.models import Count, Q
from django.utils import timezone

from helpdesk.models import EscalationExclusion, FollowUp, Queue, Ticket, TicketChange

DAYS = 3
_BATCH = 1000


def empty() -> None:
    for model in (TicketChange, FollowUp, Ticket, EscalationExclusion, Queue):
        model.objects.all().delete()
    User.objects.all().delete()
    Permission.objects.filter(codename__startswith="queue_access_").delete()


def open_tickets(count: int, due: int, days: int = DAYS, age: timedelta | None = None) -> Any:
    """Create the queue with `count` tickets. The due ones were created `age` ago (default: overdue), the others now."""
    empty()
    queue = Queue.objects.create(title="Complaints", slug="c", escalate_days=days, email_address="desk@desk.example")
    staff = User.objects.create_user("agent", "agent@desk.example", "x")
    now = timezone.now()
    old = now - (age or timedelta(days=days + 1))
    made = [
        Ticket(
            queue=queue,
            title=f"Ticket {place}",
            description="The order came late.",
            submitter_email=f"customer{place}@mail.example",
            assigned_to=staff,
            status=Ticket.OPEN_STATUS,
            priority=3,
            modified=now,
        )
        for place in range(count)
    ]
    Ticket.objects.bulk_create(made, batch_size=_BATCH)
    first = Ticket.objects.order_by("id").values_list("id", flat=True)[0]
    Ticket.objects.filter(id__lt=first + due).update(created=old)  # the model sets `created` itself
    return queue


def escalations() -> dict[int, int]:
    """Return how many tickets have how many recorded escalations."""
    recorded = Count("followup", filter=Q(followup__title="Ticket Escalated"))
    times = Ticket.objects.annotate(times=recorded).values_list("times", flat=True)
    return dict(Counter(times))


def changed_without_record() -> int:
    """Return the number of tickets whose priority was raised without a follow-up."""
    return sum(ticket.priority < 3 and not ticket.followup_set.exists() for ticket in Ticket.objects.all())
