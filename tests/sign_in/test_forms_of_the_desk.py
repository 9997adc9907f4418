"""A form of the desk whose session has ended: it does nothing, keeps what was typed, and can be sent again."""

from __future__ import annotations

import pytest

from chalicelib.ports.issuer import SignedIn
from chalicelib.tenants.people import sessions
from chalicelib.web import member_session
from chalicelib.web.call import Call, Reply
from chalicelib.web.pages.desk import desk_form
from chalicelib.web.pages.errors import error_page
from tests.kernel.web.client import Frame
from tests.kernel.web.pages.document import read

PATH, FORM = "/t/acme/desk/notes", "application/x-www-form-urlencoded"
OWN = "https://redress.example"
TYPED = b"text=a%20%3Cb%3E%22%27&kind=one&kind=two"


class NotesFrame(Frame):
    """An API with a form that notes who has sent what."""

    def __init__(self) -> None:
        super().__init__()
        self.noted: list[tuple[str, list[str]]] = []
        self.api._error_page = error_page

        @desk_form(self.api, "/t/{tenant}/desk/notes", "Note something")
        def post_note(call: Call) -> Reply:
            self.noted.append((getattr(call.caller, "sub", ""), call.body["text"]))
            return Reply("noted")

    def cookie(self) -> str:
        """Of a new session."""
        wiring = self.fakes.wiring
        until = wiring.real_clock() + 10**9
        person = SignedIn(sub="sub-1", email="a@example.com", access="", refresh="", until=until)
        header = member_session.begun(wiring, sessions.begin(wiring, person, []))["Set-Cookie"]
        return header.partition(";")[0]


@pytest.fixture
def frame() -> NotesFrame:
    return NotesFrame()


def test_a_form_is_taken_with_a_session(frame: NotesFrame) -> None:
    answer = frame.send("POST", PATH, TYPED, Content_Type=FORM, Origin=OWN, Cookie=frame.cookie())
    assert (answer.status_code, frame.noted) == (200, [("sub-1", ["a <b>\"'"])])


def test_a_form_without_a_session_does_nothing_and_keeps_what_was_typed(frame: NotesFrame) -> None:
    answer = frame.send("POST", PATH, TYPED, Content_Type=FORM, Origin=OWN)
    [form] = read(answer.body.decode()).forms
    assert (answer.status_code, frame.noted, form.action) == (401, [], ""), "it is sent to its own address"
    assert form.values() == [("text", "a <b>\"'"), ("kind", "one"), ("kind", "two")]


def test_what_was_typed_is_sent_again_after_signing_in(frame: NotesFrame) -> None:
    kept = read(frame.send("POST", PATH, TYPED, Content_Type=FORM, Origin=OWN).body.decode()).forms[0].values()
    assert ("text", "a <b>\"'") in kept
    answer = frame.send("POST", PATH, TYPED, Content_Type=FORM, Origin=OWN, Cookie=frame.cookie())
    assert (answer.status_code, len(frame.noted)) == (200, 1)


@pytest.mark.parametrize("origin", ["https://evil.example", "null", ""])
def test_the_form_of_another_site_is_not_kept_either(frame: NotesFrame, origin: str) -> None:
    answer = frame.send("POST", PATH, TYPED, Content_Type=FORM, Origin=origin)
    assert (answer.status_code, frame.noted, b"&lt;b&gt;" in answer.body) == (403, [], False)


def test_a_form_of_an_organisation_that_is_suspended_is_refused(frame: NotesFrame) -> None:
    path = "/t/paused/desk/notes"
    answer = frame.send("POST", path, TYPED, Content_Type=FORM, Origin=OWN, Cookie=frame.cookie())
    assert (answer.status_code, b"unpaid" in answer.body, frame.noted) == (403, True, [])
