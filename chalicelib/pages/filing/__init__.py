"""The filing of a complaint as a series of questions, which follow from the policy's intake."""
