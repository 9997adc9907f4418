"""Lists without complaints that a member does not see: those of other units, and those that exclude the member.

`authorization.rights_in` is the rule. Lists that read their complaints ask it. These functions are for lists of rows
and of numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from chalicelib.casework.authorization import is_excluded, read_asker, restrict_to_unit, rights_by
from chalicelib.casework.snapshot import QueueRow, read_complaints
from chalicelib.complaints.permits import Asker
from chalicelib.complaints.state import Complaint
from chalicelib.kit.instants import Instant, from_text
from chalicelib.store import keys
from chalicelib.store.port import Store


def seen_rows(asker: Asker, rows: Iterable[QueueRow]) -> Iterator[tuple[QueueRow, Asker]]:
    """The rows that the member sees, each with their rights in its complaint."""
    for row in rows:
        rights = rights_by(asker, row.unit, row.excluded, from_text(row.registered_at))
        if rights is not None:
            yield row, rights


def not_excluding(store: Store, tenant: str, asker: Asker, numbers: Sequence[str]) -> list[str]:
    """Those of the numbers whose complaints do not exclude the member, in the same order. Reads all their complaints.

    For lists that select by unit themselves. Numbers of units stay.
    """
    asked = [number for number in dict.fromkeys(numbers) if not keys.is_unit(number)]
    hidden = {one.number for one in read_complaints(store, tenant, asked) if _excludes(one, asker)}
    return [number for number in numbers if number not in hidden]


def not_excluding_member(store: Store, tenant: str, sub: str, now: Instant, numbers: Sequence[str]) -> list[str]:
    """The same for a caller whose grants were not read. Raises `Problem("forbidden")` if `sub` is no member."""
    if not numbers:
        return []
    asker = read_asker(store, tenant, sub, now)
    return not_excluding(store, tenant, asker, numbers)


def _excludes(complaint: Complaint, asker: Asker) -> bool:
    return is_excluded(complaint, restrict_to_unit(asker, complaint.unit) or asker)
