"""What an event log holds, before it is written in a format."""

from __future__ import annotations

from typing import Literal, NamedTuple

AttributeType = Literal["string", "time", "integer", "boolean"]


class Attribute(NamedTuple):
    """`text`: the value in the form that both XML Schema and RFC 3339 have."""

    name: str
    type: AttributeType
    text: str


class TimedAttribute(NamedTuple):
    """A value that an object has from this time on."""

    attribute: Attribute
    time: str


class Relation(NamedTuple):
    """`qualifier`: the part of the object in the event or in the other object."""

    object: str
    qualifier: str


class LoggedEvent(NamedTuple):
    """`type`: the activity (`event_attributes.activity`)."""

    id: str
    type: str
    time: str
    attributes: list[Attribute]
    relations: list[Relation]

    def related(self, qualifier: str) -> str | None:
        """The first object with this part in the event."""
        return next((one.object for one in self.relations if one.qualifier == qualifier), None)


class LoggedObject(NamedTuple):
    id: str
    type: str
    attributes: list[TimedAttribute]
    relations: list[Relation]


def word(name: str, value: str) -> Attribute:
    return Attribute(name, "string", value)


def number(name: str, value: int) -> Attribute:
    return Attribute(name, "integer", str(value))


def time(name: str, value: str) -> Attribute:
    return Attribute(name, "time", value)


def truth(name: str, value: bool) -> Attribute:
    return Attribute(name, "boolean", "true" if value else "false")
