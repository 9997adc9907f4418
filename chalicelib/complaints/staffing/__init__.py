"""Whether a person is left for the acts, approvals and tasks of a complaint."""
