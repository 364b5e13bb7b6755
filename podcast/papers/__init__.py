"""Which papers: a day read once, its scores, which are selected and why, the roundup of a day.

It may use show, sources for what a day lists, and writers for what a model says of it.
"""
