"""Pages and parts of pages that are generated from rows of the program (`make openapi`)."""
