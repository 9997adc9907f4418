"""The measures: each figure's definition, denominator, grain and dimensions."""
