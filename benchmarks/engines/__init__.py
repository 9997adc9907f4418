"""Commands, the sweep and its workers on engines with the DynamoDB protocol, and what they cost."""
