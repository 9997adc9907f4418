"""A draft is opened for comments, and published by one or two people."""
