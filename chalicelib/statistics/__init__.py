"""Statistics: figures about complaints, kept as cells that are sums of each complaint's contribution."""
