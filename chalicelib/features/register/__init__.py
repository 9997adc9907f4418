"""The public register: notices about cases and results, composed for publication from the record."""
