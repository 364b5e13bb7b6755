"""feed/ over HTTP as apps need it: types, ranges, how long each file may be kept.

It may use show; check and publishers use its table of headers.
"""
