"""The words for people that the language itself has."""
