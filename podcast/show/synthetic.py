"""What all that a show publishes says of itself: in words, and for machines."""

FIELD, SOURCE_TYPE = "digitalSourceType", "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
"""IPTC's field, and its value for what a trained model made: in ID3's TXXX, in Opus comments, in data, under C2PA."""

WATERMARK = "watermark"
"""The field, in ID3's TXXX and in Opus comments, that names the inaudible mark: by it one knows who can find it."""

PAGE_TYPE = "https://schema.org/TrainedAlgorithmicMediaDigitalSource"
"""schema.org's name for the same."""

EPISODE = "Script and voices are made by AI."
"""An episode's words, and"""
TEXT = "Made by AI out of the papers, and no replacement for them."
"""a digest's."""
