"""Script and cast become takes: who speaks, one recording a line, verified and said again until it is right.

It may use show, speech for what is said, synthesizers for who says it, and sound for what came of it.
"""
