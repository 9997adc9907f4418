"""The case file: everything about a complaint that a reader may see, as one printable document."""
