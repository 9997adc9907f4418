"""The page after a filing for somebody: the number, what the office promised, and the receipt to hand over.

No address shows the receipt again: the page is the answer to the form. Only the same form, sent again within a day by
the same member, gets it once more, as after a double click.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from chalicelib.casework.authorization import restrict_to_unit
from chalicelib.complaints.applying import contact
from chalicelib.features.filing.desk.form import IntakeForm
from chalicelib.features.filing.drafts import FilingAnswers
from chalicelib.features.filing.pages.following import following
from chalicelib.features.filing.pages.shown import code_of
from chalicelib.kit.instants import to_text
from chalicelib.policy.language.wording.contact_lines import contact_lines
from chalicelib.tenants.idempotency_records import Answer
from chalicelib.web.call import Call, Reply
from chalicelib.web.pages.deadlines import shown
from chalicelib.web.pages.desk import Desk
from chalicelib.web.pages.reader import Reader
from chalicelib.web.pages.times import time_text


def filed_page(call: Call, desk: Desk, form: IntakeForm, answer: Answer) -> Reply:
    """The slip for the complainant is in the language of their messages, and says what their own page says."""
    filed, new, policy = answer.body, form.complaint, desk.member.policy
    slip = Reader(new.language or desk.member.org.language, chosen=True)
    mail = contact.address(policy.document, new.facts) or ""
    arrived = to_text(call.now) if new.received is None else new.received.at
    page_of_case = f"{call.wiring.address}/t/{desk.member.org.id}/case/{filed['number']}"
    values = {
        "filed": filed,
        "sees_case": restrict_to_unit(desk.member.asker, new.unit, policy.overseers) is not None,
        "deadlines": shown(filed["deadlines"], policy.calendar, desk.reader),
        "slip": slip,
        "say": slip.text,
        "at": time_text(policy.calendar, slip, arrived),
        "page_of_case": page_of_case,
        "code": code_of(urlsplit(page_of_case)._replace(fragment=filed["receipt"]).geturl()),
        "follows": following(call, FilingAnswers(key="", filed=filed, mail=mail), slip),
        "contact": contact_lines(policy.document.contact, slip.language),
    }
    return desk.page("filing/desk_filed.html", values)
