"""Runs in django-helpdesk's environment. Redress does not import it."""
