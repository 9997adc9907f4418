"""Try a procedure: a complaint from typed events, its timeline, and the examples of the text."""
