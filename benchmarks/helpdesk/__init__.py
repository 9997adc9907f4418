"""The sweep beside `escalate_tickets` of django-helpdesk, which is installed for this into `.cache/` alone."""
