"""Reactions to committed events inside the case domain, run from the effects queue."""
