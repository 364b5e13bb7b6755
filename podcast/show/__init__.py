"""The show and its folder: every value on disk, every setting, every path, every version of a script, what counts.

It may use nothing else of ours: every wing may use it.
"""
