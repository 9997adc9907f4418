"""What an inspection says first: the figures that matter, what rose and fell, the worst cases, signs, actions."""
