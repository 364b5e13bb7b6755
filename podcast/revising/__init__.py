"""An episode after it was heard: a line changed, undone (versions lie in show), what nobody refers to any more removed.

It may use the straight line and all that the line uses, but neither publishers nor the command line.
"""
