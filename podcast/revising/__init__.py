"""An episode after it was heard: a line changed, an older version back, what nobody refers to any more removed.

It may use the straight line and all that the line uses, but neither publishers nor the command line.
"""
