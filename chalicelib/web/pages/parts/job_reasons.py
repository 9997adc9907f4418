"""Why a job has failed or was stopped, in the reader's language."""

from __future__ import annotations

from chalicelib.kit import catalogue
from chalicelib.web.pages.reader import Reader

_GROUP = "job_reason."


def reason_text(reason: str, reader: Reader) -> str:
    """`reason`: the English sentence that the job has. One without a text in the catalogue is shown as it is."""
    known = (text for name, text in catalogue.texts("pages").items() if name.startswith(_GROUP))
    return next((reader.say(text) for text in known if text.en == reason), reason)
