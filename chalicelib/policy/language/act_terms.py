"""What the language knows of each type of event and of each act. `vocabulary` has the rows."""

from __future__ import annotations

import msgspec

from chalicelib.policy.language.parts import Label


class EventTerm(msgspec.Struct, frozen=True):
    """A type of complaints' events. Webhooks can name each."""

    event: str
    zh: str
    en: str
    writes: str = ""
    """The fields by which a policy can select it, separated by spaces. That of an act also has `given`, and the fields
    that a stage lists for the act."""
    selectable: bool = True
    """False if no policy can name it."""
    routine: bool = False
    """True if lists of events leave it out, unless a line of a form names it."""
    counted: bool = True
    """False if no figure of the statistics speaks of it."""
    internal: bool = False
    """True if it is no step for the complainant. Its messages tell what concerns them."""
    changes_work: bool = False
    """True if it can change the open work, its owners or its due times, besides by ending runs."""
    gives_work: bool = False
    """True if it gives the people who are told of it something to do."""

    @property
    def label(self) -> Label:
        """Its name in printed forms, on pages and in messages."""
        return Label(zh=self.zh, en=self.en)


class ActTerm(EventTerm, frozen=True):
    """An act as the language knows it: the event that records it, and the act's place in every policy."""

    listed: bool = True
    """False if stages cannot list the act: every policy has it, where there is a proposal or a task to act on."""
    on_proposals: bool = False
    """True if it decides on a proposal."""
    in_any_stage: bool = False
    """True if it can be done in every stage, whatever the stage lists."""
    cancels: bool = False
    """True if its event cancels running clocks, except clocks that list the event in `survives`."""
    reopens: bool = False
    """True if it leads out of a stage in which the case has ended."""
    late: bool = False
    """True if it can be done after the end too. It leaves the case ended if it changes no stage."""
    undone_by_reopening: bool = False
    """True if its event no longer counts after a complaint is reopened."""
    own_zh: str = ""
    """The Chinese name where a procedure has its own word for what the complainant accepts, as in 接受{}."""
    puts: Label | None = None
    """What the act puts to the complainant, if anything. Without a Chinese word, its first field names it."""
    accepts: bool = False
    """True if the complainant accepts with it what was put to them."""
    asks: str = ""
    """What a mail's subject asks of the complainant while the act is open to them, by its key in `subjects`."""
    replaces: str = ""
    """The earlier events that its event replaces, separated by spaces. Printed forms mark them."""
    has_effect: bool = True
    """False if it changes nothing in the procedure."""
    is_duty: bool = True
    """False if no person has to do it, although it has an effect and does not reopen."""
    by_time: bool = True
    """False if its fields are people, times or demands of the case, which no constant can name: no clock can do it."""
