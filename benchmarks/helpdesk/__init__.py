"""The sweep compared with `escalate_tickets` of django-helpdesk, which is installed in `.cache/` only."""
