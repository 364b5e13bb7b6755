"""Script and cast become takes: who speaks, one verified recording a line, and what is learnt of each voice.

It may use show, speech for what is said, synthesizers for who says it, and sound for what came of it.
"""
