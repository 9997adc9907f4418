"""Files on the pages of a complaint or of a demand: their states, and the forms that send them to the bucket."""
