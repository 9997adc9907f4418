"""The DynamoDB table: port, keys, limits, and the adapter. The only package that imports PynamoDB."""
