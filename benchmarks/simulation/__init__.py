"""A discrete-event simulation of a deployment: the program's sweep, wake and advance on modelled AWS limits."""
