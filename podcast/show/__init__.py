"""The show and its folder: every value on disk, every setting, every path, what the show is called and counts.

It may use nothing else of ours: every wing may use it.
"""
