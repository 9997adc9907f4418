"""The stored cells, and the consolidation that keeps them equal to the sum of all contributions."""
