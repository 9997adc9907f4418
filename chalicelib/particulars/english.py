"""Particulars as English texts write them: introductions, titles, streets, postcodes and telephone numbers.

The patterns are for the normal form of a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

_ALONE, _ENDS = r"(?<![A-Za-z0-9])", r"(?![A-Za-z0-9])"

_CALLED = r"(?:call|text|ring|reach|phone) (?:(?:me|us|him|her|them) )?(?:on|at)"
PHONES = rf"{_ALONE}(?i:{_CALLED}|(?:tele)?phone|tel|mobile|cell ?phone|cell|landline|fax)"
PAPERS = (
    rf"{_ALONE}(?i:passport|national insurance|social security|ssn|identity card|id card|driving licence"
    r"|driver'?s licen[cs]e)"
)
CARDS = rf"{_ALONE}(?i:(?:bank )?account|(?:credit |debit |bank )?card|iban)"
NUMBER_OF = r" (?i:numbers?|no|num|nr)(?![A-Za-z])\.?"
"""Between one of these and its number."""
_PAUSE = "[ -]?"
NATIONAL_INSURANCE = rf"{_ALONE}[A-Z]{{2}}(?: ?\d\d){{3}} ?[A-D]{_ENDS}"
MOBILE = rf"(?<![\d.+-])07\d{{3}}{_PAUSE}\d{{3}}{_PAUSE}\d{{3}}(?![\d元万亿%]|[ -]\d)"
INTERNATIONAL = r"(?<![\w+])\+(?! ?86) ?[1-9](?:[ ().-]{0,2}\d){7,14}(?![\d元万亿%])"
_NO_SERVICE = r"(?!400|8(?:00|33|44|55|66|77|88))"
_AREA = rf"{_NO_SERVICE}[2-9]\d\d"
NORTH_AMERICAN = rf"(?<![\d(.-])(?:\({_AREA}\) ?|{_AREA}[.-])[2-9]\d\d[ .-]\d{{4}}(?![\d元万亿%]|[.-]\d)"

_CAPITAL = r"[A-Z][A-Za-z'\u2019-]{0,30}"
_ENDINGS = (
    "street|road|avenue|lane|drive|close|court|grove|gardens?|crescent|terrace|place|square|way|walk|hill|park|row"
    "|mews|rise|view|boulevard|highway|parkway|circle|mansions|wharf|quay|st|rd|ave|ln|dr|ct|pl|sq|blvd"
)
_FLAT = r"(?:flat|apartment|apt\.?|unit|suite|room) ?[0-9]{0,4}[a-z]?"
_HOUSE = r"\d{1,5}[A-Za-z]?"
STREET = rf"{_ALONE}(?:(?i:{_FLAT}),? )?{_HOUSE},? (?:{_CAPITAL} ){{1,4}}(?i:{_ENDINGS}){_ENDS}"
_STREET_IN_VALUE = rf"(?i:{_ALONE}{_HOUSE},? (?:[a-z][a-z'\u2019-]{{0,30}} ){{1,4}}?(?:{_ENDINGS}){_ENDS})"
POSTCODE = rf"{_ALONE}[A-PR-UWYZ][A-HK-Y]?\d[A-Z\d]? ?\d(?![GTMK]B)[ABD-HJLNP-UW-Z]{{2}}{_ENDS}"
"""Of the United Kingdom. `K5 2GB` is a device."""
_POSTCODES = rf"(?i:{POSTCODE}|{_ALONE}[A-Z]{{2}} \d{{5}}(?:-\d{{4}})?{_ENDS})"
_WORDS = r"[^\W\d_][^\W\d_ .'\u2019-]{0,30}(?:[ .'\u2019-]{1,2}[^\W\d_]{1,30}){0,5}"
_NUMBERED = rf"(?:{_HOUSE}(?:[-/]\d{{1,4}})? {_WORDS}|(?!(?i:{_FLAT})$){_WORDS} \d{{1,4}}[A-Za-z]?)"
SHORTEST_STREET = 6
"""Characters of a house number with its street."""

TITLES = r"mr|mrs|ms|miss|mx|dr|prof|professor|sir|madam|mister"
TITLED = rf"{_ALONE}(?i:{TITLES})\.? {{1,2}}[A-Z](?:[A-Za-z'\u2019-]{{1,30}}(?: {_CAPITAL})?|\.|{_ENDS})"
_NO_PERSON = "(?!Customer|Service|Support|Department|Office|Team|Sales|The|Our|Not|No|None|Unknown|Anonymous)"
_WHOLE = rf"{_NO_PERSON}{_CAPITAL}(?: {_CAPITAL}){{1,2}}"
NAMED = rf"{_ALONE}(?i:my name is|my name's|i am called) ({_WHOLE})"
_RELATED = "neighbou?r|husband|wife|son|daughter|mother|father|brother|sister|friend|colleague|landlord|landlady|tenant"
PERHAPS_NAMED = (
    rf"{_ALONE}(?i:(?:full )?name|contact(?: person)?|recipient|customer|complainant|buyer) ?[:=] ?({_WHOLE})",
    rf"{_ALONE}(?i:{_RELATED}),? ({_WHOLE})",
    rf"{_ALONE}(?i:my name is|my name's|i am called)\s{{1,3}}({_NO_PERSON}{_CAPITAL})",
    rf"{_ALONE}(?i:sincerely|faithfully|regards),?\s{{1,3}}({_NO_PERSON}{_CAPITAL})",
)
"""With single names, and with words that also stand before other words with capital letters."""

_MEDIA = "instagram|insta|facebook|messenger|skype|snapchat|tiktok|twitter|viber|discord|linkedin|line(?= ?id)|signal"
_ACCOUNT_IS = r"(?: ?(?:account|username|handle|id|name))? ?(?:[:=]|is(?![a-z])) ?@?"
_HANDLE = r"(?!(?:none|no|yes|not|unknown|the|a)(?![a-z]))[a-z][a-z0-9_-]{0,30}(?:\.[a-z0-9_-]{1,30}){0,2}"
ACCOUNT = rf"(?i:{_ALONE}(?:{_MEDIA}){_ACCOUNT_IS}({_HANDLE})(?![a-z0-9_]| [a-z]))"
PERHAPS_ACCOUNT = rf"(?i:{_ALONE}(?:{_MEDIA}){_ACCOUNT_IS}({_HANDLE})(?![a-z0-9_]))"
"""What goes on behind it can be a sentence: `Facebook: they replied`."""


def parts_of_address(text: str) -> Iterator[str]:
    """Of a value: its postcodes, and its streets with the number of the house, also behind that of the flat."""
    yield from (found[0] for found in re.finditer(_POSTCODES, text))
    yield from (found[0] for found in re.finditer(_STREET_IN_VALUE, text))
    pieces = [piece.strip() for piece in re.split(r"[,;\n]", re.sub(_POSTCODES, "", text))]
    for before, piece in pairwise(["", *pieces]):
        if len(piece) >= SHORTEST_STREET and re.fullmatch(_NUMBERED, piece):
            yield piece
            if re.fullmatch(f"(?i:{_FLAT})", before):
                yield f"{before}, {piece}"
