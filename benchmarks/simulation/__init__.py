"""A deployment's week in discrete events: the program's own sweep, wake and advance on modelled AWS limits."""
