"""An office in whose next hour every step of the hourly job has something to do."""

from __future__ import annotations

from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.casework import numbers
from chalicelib.features.similar import backfill
from chalicelib.statistics.cells import head
from chalicelib.store import keys
from chalicelib.store.port import Remove
from chalicelib.tenants.people import accounts
from chalicelib.tenants.people.invitation_mail import LEASE
from chalicelib.workers import hourly
from tests.clauses.organisation import Organisation, hire, sign_up_with
from tests.clauses.world import InProcess
from tests.helpers.left_out import is_kept
from tests.supervision.reporting import report

START = "2026-11-23T09:00:00+08:00"
DAY = "2026-12-10T08:30:00+08:00"
"""When the figures of November are published, and daily mails are sent. The hourly job has not run since the start, as
after an outage."""
POLICY = """
language: 1
name: {en: Office}
calendar: {timezone: Asia/Shanghai, hours: {mon-fri: ["09:00-18:00"]}}
people: {head: {en: Head}, inspector: {en: Inspector}}
intake:
  channels: [phone]
  categories: {matter: {damage: {en: Damage}, delay: {en: Delay}}}
  required: matter
  facts: {content: required}
stages: {registered: {close: {by: head, to: over}}, over: {}}
supervision:
  by: inspector
  within: 30 working days
  remind: 2 working days
  inspection: {every: month, due: 5 working days, for: inspector}
publicity: {figures: {every: month, shows: [received]}}
ledgers: {open: {name: {en: Open complaints}, roles: head, stages: registered}}
retention: {closed: 5 calendar years}
sample: {channel: phone, category: {matter: damage}, facts: {content: The lamp is broken.}}
"""


def busy_office(world: InProcess) -> Organisation:
    """The hourly job runs next on `DAY`. No figures need a rebuild."""
    made = sign_up_with(world, POLICY)
    for role in ("head", "inspector"):
        hire(made, role)
    chosen = made.world.call("PATCH", f"{made.path}/people/me/settings", {"mails": "daily"}, auth=made.auth("head"))
    assert chosen.status == 200, chosen.text
    store = world.fakes.store
    with binding.tenant(made.id):
        store.count(keys.month_counter(made.id, "202611"), numbers.KIND)  # a filing takes a number, and fails
    hourly.run(world.fakes.wiring, made.id, world.now())
    with binding.tenant(made.id):
        store.commit([Remove(keys.job(made.id, backfill.JOB_KIND))])  # as before the search of similar complaints
    _operate(made, "PUT", f"/tenants/{made.id}/plan", {"plan": "large"})
    for matter in ("damage", "damage", "delay"):
        made.file(category={"matter": matter})
    if is_kept("features/supervision/report.py"):
        report(made)
    if is_kept("features/improvements/commands.py"):
        _owe_improvement(made)
    if is_kept("features/mailings/commands.py"):
        _set_mailing(made)
    _fail_to_invite(made)
    world.settle()
    world.jump_to(DAY)
    return made


def outdated_office(world: InProcess) -> Organisation:
    """The same with figures that were counted by an earlier definition: they need a rebuild, and no others follow."""
    made = busy_office(world)
    with binding.tenant(made.id):
        found = head.read(world.fakes.store, made.id)
        world.fakes.store.commit([found.write(made.id, replace(found.head, definition="earlier"))])
    return made


def _operate(made: Organisation, method: str, path: str, body: object) -> None:
    answer = made.world.operate(method, path, body)
    assert answer.status == 200, answer.text


def _owe_improvement(made: Organisation) -> None:
    """An action that is overdue on `DAY`."""
    subject = {"by": "category.matter", "value": "damage", "owner": made.subs["head"]}
    body = {"title": "Check the lamps", "due": "2026-11-30", **subject}
    answer = made.world.call("POST", f"{made.path}/improvements", body, auth=made.auth("owner"))
    assert answer.status == 201, answer.text


def _set_mailing(made: Organisation) -> None:
    """The inspection of November is due by mail on `DAY`."""
    body = {"document": "inspection", "every": "month", "day": 10, "to": [made.subs["inspector"]]}
    answer = made.world.call("POST", f"{made.path}/mailings", body, auth=made.auth("owner"))
    assert answer.status == 201, answer.text


def _fail_to_invite(made: Organisation) -> None:
    """One invitation without its mail, and an account without a membership."""
    world = made.world
    assert isinstance(world, InProcess)
    world.fakes.mailer.down = True
    body = {"email": "late@shop.example", "name": "Late", "grants": [{"role": "head"}]}
    world.call("POST", f"{made.path}/people", body, auth=made.auth("owner"))
    world.fakes.mailer.down = False
    with binding.tenant(made.id):
        accounts.note_pending(world.fakes.store, world.fakes.real_clock, made.id, "gone@shop.example")
    world.fakes.identity.find_or_create("gone@shop.example")
    world.fakes.real_clock.advance(max(LEASE, accounts.ABANDONED_AFTER))
