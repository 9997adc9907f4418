"""`python -m rival SCENE [arguments]`: runs a scene in django-helpdesk's environment. Prints one line of JSON."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "rival.settings"

import django

django.setup()

# Django's models can be imported only after the setup.
from django.core import mail  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402
from rival import tickets  # noqa: E402

from benchmarks.engines import cpu_time  # noqa: E402

_WARM_UP = 10
"""Due tickets escalated before the measurement: templates are compiled at the first mail."""


def migrate() -> dict[str, Any]:
    call_command("migrate", verbosity=0)
    call_command("loaddata", "emailtemplate.json", verbosity=0)
    return {}


def versions() -> dict[str, Any]:
    """Return the version of the database's engine."""
    with connection.cursor() as cursor:
        cursor.execute("show server_version" if connection.vendor == "postgresql" else "select sqlite_version()")
        return {"engine": f"{connection.display_name} {cursor.fetchone()[0].partition(' ')[0]}"}


def timed(count: str, due: str) -> dict[str, Any]:
    """Return the queries, milliseconds and CPU milliseconds (with the database's) of one run."""
    tickets.open_tickets(_WARM_UP, _WARM_UP)
    call_command("escalate_tickets")
    mail.outbox.clear()
    tickets.open_tickets(int(count), int(due))
    queries = [0]

    def counting(execute: Any, *arguments: Any) -> Any:
        queries[0] += 1
        return execute(*arguments)

    with connection.execute_wrapper(counting), cpu_time.measure_cpu_time(_engine()) as cpu:
        began = time.perf_counter()
        call_command("escalate_tickets")
        took = time.perf_counter() - began
    if tickets.escalations().get(1, 0) != int(due):
        raise RuntimeError(f"escalations {tickets.escalations()}, but {due} tickets were due")
    times = {"ms": took * 1000, "computed": cpu.seconds * 1000}
    return {"queries": queries[0], **times, "mails": len(mail.outbox)}


def _engine() -> int | None:
    """Return PostgreSQL's main process. SQLite has no process."""
    if connection.vendor != "postgresql":
        return None
    return int((Path(os.environ["PLACE"]) / "data" / "postmaster.pid").read_text("utf-8").split()[0])


def run() -> dict[str, Any]:
    call_command("escalate_tickets")
    return {}


def two_at_once(count: str) -> dict[str, Any]:
    """Run two processes that start at the same time."""
    tickets.open_tickets(int(count), int(count))
    command = [sys.executable, "-m", "rival", "when_told"]
    both = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    for each in both:
        each.stdout.readline()
    for each in both:
        each.stdin.write("go\n")
        each.stdin.flush()
    ended = [each.wait() for each in both]
    return {"ended": ended, "escalated": tickets.escalations()}


def when_told() -> dict[str, Any]:
    print("ready", flush=True)
    sys.stdin.readline()
    return run()


def resolved_meanwhile() -> dict[str, Any]:
    """Resolve the last ticket while the first ticket's mail is sent."""
    tickets.open_tickets(2, 2)
    first, last = (ticket.id for ticket in tickets.Ticket.objects.order_by("id"))
    os.environ["RESOLVE"] = str(last)
    call_command("escalate_tickets")
    ticket = tickets.Ticket.objects.get(id=last)
    return {"status": ticket.get_status_display(), "first": first, "last": last}


def refused_mail() -> dict[str, Any]:
    """Run while the mail server's port refuses connections."""
    tickets.open_tickets(3, 3)
    error = ""
    try:
        call_command("escalate_tickets")
    except Exception as raised:  # noqa: BLE001  the error is the result
        error = type(raised).__name__
    return {"error": error, "escalated": tickets.escalations(), "unrecorded": tickets.changed_without_record()}


def excluded_days() -> dict[str, Any]:
    """Escalate a ticket that is 36 hours old, with three days allowed: without excluded days, then with two."""
    found = {}
    for excluded in (0, 2):
        tickets.open_tickets(1, 1, days=3, age=timedelta(days=1, hours=12))
        today = timezone.now().date()
        for back in range(1, excluded + 1):
            tickets.EscalationExclusion.objects.create(name=f"day {back}", date=today - timedelta(days=back))
        call_command("escalate_tickets")
        found[f"{excluded} excluded"] = tickets.escalations()
    return found


if __name__ == "__main__":
    name, *arguments = sys.argv[1:]
    print(json.dumps(globals()[name](*arguments)))
