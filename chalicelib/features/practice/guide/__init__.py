"""The guide: steps that lead a new handler from filing to closing, and a new owner to the end of the first week."""
