"""Forms at the desk with which owners change the organisation. A double click changes it once."""

from __future__ import annotations

from chalicelib.tenants.owner_command import OwnerCommand
from chalicelib.web.call import Call
from chalicelib.web.call_context import sub_of, tenant_of
from chalicelib.web.idempotent_requests import principal
from chalicelib.web.pages.answers import Answers, request_of


def owner_form(call: Call, given: Answers) -> OwnerCommand:
    """The command of a form with a key. Raises `Problem("bad-request")` without one.

    The button is part of the form, so another button of the same page is another request.
    """
    content = [*given.kept(), ("go", given.one("go"))]
    request = request_of(call, given, principal(call.caller), content)
    return OwnerCommand(tenant=tenant_of(call), sub=sub_of(call), now=call.now, request=request)
