"""A mail backend that resolves a ticket at the first mail, as if a clerk did it at this moment."""

from __future__ import annotations

import os
from typing import Any

from django.core.mail.backends.locmem import EmailBackend as Outbox


class EmailBackend(Outbox):
    def send_messages(self, messages: list[Any]) -> int:
        from helpdesk.models import Ticket

        number = os.environ.pop("RESOLVE", "")
        if number:
            ticket = Ticket.objects.get(id=number)
            ticket.status = Ticket.RESOLVED_STATUS
            ticket.resolution = "Refunded."
            ticket.save()
        return int(super().send_messages(messages))
