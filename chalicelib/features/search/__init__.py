"""Search by words: a blind index of the texts of complaints (P1.6, P9.10)."""
