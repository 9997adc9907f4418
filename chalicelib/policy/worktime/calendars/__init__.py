"""Calendars: their documents, their open time, and their days."""
