"""The smallest procedure, with which an empty draft begins."""

from __future__ import annotations

from chalicelib.kit import catalogue

_EMPTY = """\
# {about}
language: 1
name: {{{of}: {name}}}
calendar: # {calendar}
  timezone: {timezone}
  hours: {{mon-fri: ["09:00-17:00"]}}
people: # {people}
  clerk: {{{of}: {clerk}}}
tiers: # {tiers}
  - {{roles: clerk, acting: true}}
intake: # {intake}
  channels:
    web: {{{of}: {web}}}
  facts:
    content: {{{of}: {content}, required: true}}
stages: # {stages}
  registered:
    name: {{{of}: {registered}}}
    close: {{by: clerk, to: closed, tells: complainant}}
  closed: {{name: {{{of}: {closed}}}}}
# {clocks}
# {examples}
"""


def empty_text(language: str) -> str:
    """The smallest procedure that the check accepts. Its comments name what is missing. `language`: `zh` or `en`."""
    return _EMPTY.format(**catalogue.words("studio_empty", language), of=language)
