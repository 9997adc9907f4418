"""What a feature gives to the program by its row of `composition`: reactions, and how its items are archived, erased
and repaired.
"""
