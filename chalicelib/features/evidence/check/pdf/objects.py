"""Visits every object of a parsed PDF, also those that nothing refers to, and those inside object streams."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pikepdf import Array, Dictionary, Object, Pdf, Stream

from chalicelib.features.evidence.check.inflate import InflationBudget
from chalicelib.features.evidence.check.pdf import actions, filters
from chalicelib.features.evidence.refusal import Refusal

_SUSPECT = re.compile(
    rb"/(?:JS|JavaScript|EF|Embedded|XFA|Launch|ImportData|SubmitForm|Rich|Encrypt|GoTo[RE]|Rendition|Movie|Sound|File|Screen"
    rb"|3D|PS|AA?|PA|NA|OpenAction|Next|URI|Base\b)"
)
"""Begins every name that `actions` looks at. The parser writes names without needless escapes."""


def check(document: Pdf, budget: InflationBudget) -> None:
    """Raises `Refusal` for an encrypted document, active content, or streams that inflate beyond the budget."""
    if document.is_encrypted:
        raise Refusal("encrypted")
    for top in document.objects:
        if isinstance(top, Stream):
            filters.check(top, budget)
    check_actions(document)


def check_actions(document: Pdf) -> None:
    """Raises `Refusal`. Decodes no streams, except those of objects."""
    actions.check_all(dictionaries(document.trailer))
    for top in document.objects:
        if isinstance(top, Stream):
            actions.check_all(dictionaries(top))
        elif isinstance(top, Array | Dictionary) and _SUSPECT.search(top.unparse(resolved=True)):
            # A search of the text is ten times as fast as a visit, and most objects have none of these names.
            actions.check_all(dictionaries(top))


def dictionaries(top: Object) -> Iterator[Object]:
    """The dictionaries inside an object, with itself. Objects with a number of their own are not followed."""
    waiting = [top]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Array):
            found = list(node)
        else:
            yield node
            found = [value for _, value in node.items()]
        waiting += [each for each in found if isinstance(each, Array | Dictionary) and not each.is_indirect]
