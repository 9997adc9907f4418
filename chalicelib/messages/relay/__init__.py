"""From the table's stream to the effects queue, and recovery of what the stream lost."""
