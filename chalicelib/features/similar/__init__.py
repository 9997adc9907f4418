"""Similar complaints: keyed signatures of texts, the items that find them, and the list for members."""
