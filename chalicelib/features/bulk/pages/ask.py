"""Ask for an act on many complaints: choose the act, fill in its form, and start its dry run."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from chalicelib.casework.composing.bulk_act import BulkAct
from chalicelib.features.bulk import commands, performing
from chalicelib.features.bulk.commands import AskForBulk
from chalicelib.features.bulk.pages.asked import AskedBulk, BulkQuery, ask, names, offered
from chalicelib.features.handling.desk import act_form, act_page
from chalicelib.features.handling.desk.act_form import ActInput
from chalicelib.features.handling.pages.act_inputs import faults as faults_of
from chalicelib.features.text_blocks.named import NoValue
from chalicelib.features.text_blocks.pages import in_form
from chalicelib.kit.problem import Problem
from chalicelib.tenants.people import queries
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import sub_of, tenant_of
from chalicelib.web.pages.answers import Answers
from chalicelib.web.pages.desk import DESK, desk_form, desk_page
from chalicelib.web.pages.inputs import InputFault
from chalicelib.web.pages.labels import labels_of
from chalicelib.web.pages.rendering import see_other
from chalicelib.web.pages.times import zone_name

if TYPE_CHECKING:
    from chalicelib.web.api import Api

BULK = DESK + "/bulk"


def register(api: Api) -> None:
    @desk_page(api, BULK, "Choose an act for many complaints, and fill in its form", query=BulkQuery)
    def get_desk_bulk(call: Call) -> Reply:
        return _shown(ask(call), Answers({}), [])

    @desk_form(api, BULK, "Start the dry run of an act on many complaints", query=BulkQuery)
    def post_desk_bulk(call: Call) -> Reply:
        asked, given = ask(call), Answers(call.body)
        texts = asked.texts(given)
        if texts is not None and given.one("go") == "insert":
            inserted = in_form.insert_for_many(texts)
            return _shown(asked, inserted.given, [], told=inserted.told)
        if faults := _faults(asked, given):
            return _shown(asked, given, faults, status=422)
        command = AskForBulk(tenant_of(call), sub_of(call), call.now, act_page.once(call, given))
        answer = commands.start(call.wiring, command, asked.order(given))
        return see_other(asked.desk.reader.link(f"{asked.desk.path}/bulk/{answer.body['id']}"))


def _faults(asked: AskedBulk, given: Answers) -> list[InputFault]:
    """What is wrong with the fields, as far as the complaint shows it from which the form was made."""
    if asked.form is None or asked.sample is None or not asked.form.open:
        return []
    call, number = asked.call, asked.sample.case.complaint.number
    order = asked.order(given)
    trial = BulkAct(tenant_of(call), sub_of(call), order.act, order.fields, "", call.now, text_blocks=order.text_blocks)
    try:
        language = commands.text_language(call.wiring, AskForBulk(trial.tenant, trial.sub, call.now), order)
        performing.PERFORMERS[order.act].tries(call.wiring, trial._replace(language=language), number)
    except NoValue:  # this complaint has none, others may
        return []
    except Problem as problem:
        if problem.kind == "invalid":
            inputs = [one.input for one in _inputs(asked)]
            return faults_of(problem, inputs, given, asked.desk.reader)
    return []


def _inputs(asked: AskedBulk) -> list[ActInput]:
    if asked.form is None:
        return []
    call = asked.call
    people = queries.all_people(call.wiring.store, tenant_of(call)) if act_form.names_people(asked.form) else ()
    return act_form.inputs(asked.form, people, labels_of(asked.desk))


def _shown(asked: AskedBulk, given: Answers, faults: list[InputFault], *, told: str = "", status: int = 200) -> Reply:
    query, reader, texts = asked.call.query, asked.desk.reader, asked.texts(given)
    values = {
        "number": None if query.every else len(query.number),
        "acts": offered(asked),
        "name": names(asked).get(query.act, ""),
        "action": f"{asked.desk.path}/bulk?{query.address(query.act)}",
        "inputs": _inputs(asked),
        "answers": given,
        "faults": faults,
        "fault_of": {fault.name: fault.text for fault in faults},
        "key": given.one("key") or str(uuid.uuid4()),
        "zone": zone_name(asked.desk.member.policy.calendar, reader),
        "blocks": None if texts is None else in_form.offered_for_many(texts),
        "block_told": in_form.TOLD,
        "told": told,
        "missing": [],
        "empty": (asked.sample is None and query.every) or not (query.every or query.number),
    }
    return asked.desk.page("bulk/ask.html", values, status=status)
