"""What is read and subscribed to: feed, site, notes, transcripts, covers, out of values alone; it writes no file.

It may use show, and of papers what a roundup is about; templates and fonts lie here.
"""
