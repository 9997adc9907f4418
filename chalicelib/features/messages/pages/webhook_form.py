"""The form of a webhook, what is wrong with it, and the page that shows it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any, NamedTuple

from chalicelib.features.messages.pages.effect_lines import EffectLine
from chalicelib.features.messages.pages.webhooks import shown_webhook
from chalicelib.features.messages.webhooks.webhook import WebhookView
from chalicelib.features.messages.webhooks.webhook_http import MAX_URL
from chalicelib.kit.problem import Problem
from chalicelib.policy.language.vocabulary import EVENT_TERMS
from chalicelib.policy.language.wording.own_terms import event_label
from chalicelib.web import languages
from chalicelib.web.call import Reply
from chalicelib.web.pages.answers import Answers
from chalicelib.web.pages.desk import Desk
from chalicelib.web.pages.inputs import Input, InputFault, Option, faults_at, in_order
from chalicelib.web.pages.times import zone_name

_SINCE = "since"
_IN_WORDS = ("quota-exceeded", "conflict", "idempotency-key-reused")
"""Problems of the form as a whole: the page says them above it, with the status of the API."""


class FormOfWebhook(NamedTuple):
    """`webhook`: None for a new one."""

    desk: Desk
    webhook: WebhookView | None

    @property
    def is_new(self) -> bool:
        return self.webhook is None


def document(given: Answers) -> dict[str, Any]:
    """What was entered, as the API takes it."""
    return {"url": given.one("url"), "events": given.all("events") if given.one("which") == "some" else []}


def unticked(form: FormOfWebhook, given: Answers) -> list[InputFault]:
    """The API takes an empty list as all events, so the form must not send it by mistake."""
    if given.one("go") != "save" or given.one("which") != "some" or given.all("events"):
        return []
    return [InputFault("events", form.desk.reader.text("webhooks.none_ticked"))]


def refused(form: FormOfWebhook, given: Answers, problem: Problem, latest: Sequence[EffectLine]) -> Reply:
    """The form as it was sent, with what is wrong. Raises other problems again."""
    reader = form.desk.reader
    if problem.kind in _IN_WORDS:
        said = InputFault("url", languages.say(problem.text, reader.language))
        return shown(form, latest, given, faults=[said], status=409)
    asked = inputs(form)
    found = faults_at(asked, problem.places, given, reader)
    if any(place.pointer == f"/{_SINCE}" for place in problem.places):
        found.append(InputFault(_SINCE, reader.text("webhooks.no_time")))
    if not found:
        raise problem
    return shown(form, latest, given, faults=in_order(found, asked), status=422)


def shown(
    form: FormOfWebhook,
    latest: Sequence[EffectLine],
    given: Answers | None = None,
    *,
    faults: Sequence[InputFault] = (),
    status: int = 200,
    **said: str,
) -> Reply:
    """`said`: `told`, what led to the page, and `why` a test event did not arrive."""
    asked, hook = inputs(form), form.webhook
    given_now = _answers(form) if given is None or _SINCE in given.given else given
    values = {
        "webhook": None if hook is None else shown_webhook(form.desk, hook),
        "inputs": {one.name: one for one in asked},
        "answers": given_now,
        "since": "" if given is None else given.one(_SINCE),
        "faults": faults,
        "fault_of": {fault.name: fault.text for fault in faults},
        "zone": zone_name(form.desk.member.policy.calendar, form.desk.reader),
        "latest": latest,
        "keys": [str(uuid.uuid4()) for _ in range(4)],
        "told": "",
        "why": "",
    }
    return form.desk.page("messages/webhook.html", {**values, **said}, status=status)


def _answers(form: FormOfWebhook) -> Answers:
    """The webhook as it is."""
    if form.webhook is None:
        return Answers({"which": ["all"]})
    which = "some" if form.webhook.events else "all"
    return Answers({"url": [form.webhook.url], "which": [which], "events": form.webhook.events})


def inputs(form: FormOfWebhook) -> list[Input]:
    reader, policy = form.desk.reader, form.desk.member.policy
    names = {name: reader.label(event_label(policy.document, name).to_json()) for name in EVENT_TERMS}
    events = [Option(name, label) for name, label in names.items()]
    which = [Option(name, reader.text(f"webhooks.which.{name}")) for name in ("all", "some")]
    line = Input(
        name="url", pointer="/url", label=reader.text("webhooks.url"), kind="line", required=True, most=MAX_URL
    )

    def several(name: str, kind: str, options: list[Option]) -> Input:
        label = reader.text(f"webhooks.{name}")
        return Input(name=name, pointer=f"/{name}", label=label, kind=kind, required=True, options=options)

    return [line, several("which", "one", which), several("events", "several", events)]
