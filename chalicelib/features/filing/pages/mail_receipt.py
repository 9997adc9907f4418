"""Send the receipt to the address of the filing, when its complainant asks for it on the page after the filing."""

from __future__ import annotations

from chalicelib.features.filing.drafts import FilingAnswers
from chalicelib.kit import catalogue
from chalicelib.kit.mail import Mail, Own
from chalicelib.limits import returned_mail
from chalicelib.ports import DeliveryFailed, DeliveryRefused
from chalicelib.web.call import Call
from chalicelib.web.pages.organisation import TenantPage
from chalicelib.web.pages.reader import reader_of


def send(call: Call, tenant_page: TenantPage, draft: str, content: FilingAnswers) -> str:
    """What the page says then: `mailed`, or `unmailed`. `draft`: mails of one draft have one key."""
    wiring, org, filed = call.wiring, tenant_page.org, content.filed
    if filed is None or not content.mail:
        return "unmailed"
    if returned_mail.trouble_of(wiring.store, wiring.secrets, org.id, content.mail, wiring.real_clock()) is not None:
        return "unmailed"
    tags = returned_mail.tag(wiring.secrets, content.mail)
    try:
        with wiring.budgets.notice(wiring.store, org.id, org.limits, content.mail):
            wiring.mailer.send(content.mail, _mail(call, tenant_page, filed), key=f"{org.id}/{draft}", tags=tags)
    except (DeliveryFailed, DeliveryRefused):
        return "unmailed"
    return "mailed"


def _mail(call: Call, tenant_page: TenantPage, filed: dict[str, str]) -> Mail:
    language = reader_of(call).language
    words = catalogue.words("mailed_receipt", language)
    given = {"number": filed["number"], "receipt": filed["receipt"], "organisation": tenant_page.org.name}
    address = f"{call.wiring.address}/t/{tenant_page.org.id}/case/{filed['number']}"
    return Mail(language, words["subject"].format(**given), [words["text"].format(**given), Own(address), "\n"])
