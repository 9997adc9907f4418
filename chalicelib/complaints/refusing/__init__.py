"""What a refused request is told: the conditions that fail, in words for the reader."""
