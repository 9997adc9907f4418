"""Reactions to committed events in casework. The worker of the effects queue runs them."""
