"""Which papers: a day read once, its scores, which are selected and why, the roundup of a day, what a paper recalls.

It may use show, sources for what a day lists, writers for what a model says of it, and grounding for what claims hold.
"""
