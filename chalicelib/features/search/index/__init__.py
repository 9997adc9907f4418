"""The index of the search: words and their blind tokens, segments, pending texts, and the merge."""
