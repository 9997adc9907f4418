"""The graph of a procedure: laid out and drawn as SVG."""
