"""Writing an item as it should have been, in place of one that was lost or damaged."""

from __future__ import annotations

from chalicelib.store.port import Entry, Put, Store, Update, Write


def restore(store: Store, stored: Entry | None, wanted: Entry, *guards: Write) -> None:
    """`stored`: what was read. `guards`: further conditions. Raises `CommitConflict` if the item has changed since.

    An item without a version is written without a condition: only what follows from the same events writes it.
    """
    if stored is None:
        write: Write = Put(wanted)
    elif stored.version is None:
        write = Put(wanted, if_absent=False)
    else:
        write = Update(wanted, stored.version, restores=True)
    store.commit([write, *guards])
