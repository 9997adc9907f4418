"""What follows from a document: the names that it defines, and the events and values that its cases can have."""
