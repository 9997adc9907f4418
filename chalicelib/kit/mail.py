"""A mail. Everything in it loses its web addresses, except what is marked as the service's own.

Organisations write names, labels and wordings, and people write what a mail encloses. Anybody can sign up and file, so
a web address among these would send strangers wherever its author likes, in the name of the service.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import msgspec

from chalicelib.kit.web_addresses.search import without

_INSTEAD = {"zh": "（网址略，详见投诉页面）", "en": "(see your case)"}
_INSTEAD_IN_SUBJECT = "…"
_MAX_SUBJECT = 160
"""Characters: the longest name of an organisation, and what an invitation says about it."""
_EMPTY_SUBJECT = {"zh": "投诉办理通知", "en": "A message about a complaint"}


class Own(msgspec.Struct, frozen=True):
    """A part that stays as it is: the service's address, or what the reader signs in with. No text of anybody else."""

    text: str

    def __repr__(self) -> str:
        return "Own()"  # a log must not contain a password


class Mail(msgspec.Struct, frozen=True):
    """`title`: the subject. `parts`: of the text, which are joined. Both as written."""

    language: str
    title: str
    parts: Sequence[str | Own]

    @property
    def subject(self) -> str:
        """One line. A general subject if the title is nothing but addresses."""
        subject = without(" ".join(self.title.split()), _INSTEAD_IN_SUBJECT)
        if len(subject) > _MAX_SUBJECT:  # `evil.community` ends as `evil.com`, if cut there
            subject = without(subject[:_MAX_SUBJECT], _INSTEAD_IN_SUBJECT)
        return subject if subject.strip(f" {_INSTEAD_IN_SUBJECT}") else _in(_EMPTY_SUBJECT, self.language)

    @property
    def text(self) -> str:
        """Parts that are not the service's own are searched as one text: two of them can make an address."""
        instead = _in(_INSTEAD, self.language)
        found = []
        for own, parts in groupby(self.parts, lambda part: isinstance(part, Own)):
            joined = "".join(part.text if isinstance(part, Own) else part for part in parts)
            found.append(joined if own else without(joined, instead))
        return "".join(found)

    def __repr__(self) -> str:
        return f"Mail(language={self.language!r})"  # a log must not contain the text


def without_addresses(name: str, language: str) -> str:
    """A name that a sentence of a mail holds. In `请领奖.中国尽快处理` the mail's own search would find no address."""
    return without(name, _in(_INSTEAD, language))


def _in(texts: dict[str, str], language: str) -> str:
    return texts["zh" if language == "zh" else "en"]
