"""The acts of the organisation and of the parties on a notice."""
