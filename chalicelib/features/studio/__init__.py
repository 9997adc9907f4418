"""The studio: an organisation's procedure, read, changed and checked on pages."""
