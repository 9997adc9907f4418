"""What pages say to the public about personal data, and about how accessible they are."""
