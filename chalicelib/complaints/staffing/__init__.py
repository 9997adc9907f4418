"""Whether somebody is left for the acts, approvals and tasks of a complaint."""
