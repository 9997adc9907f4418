"""The contribution of one complaint to the figures, from its events (pure)."""
