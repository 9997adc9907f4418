"""The store's port in memory, with the table's stream: for tests, benchmarks and simulations. Never shipped."""
