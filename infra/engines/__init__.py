"""Other engines with the DynamoDB protocol, for tests and benchmarks, and their table. Not part of the deployment."""
