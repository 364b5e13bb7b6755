"""The built-in day: three landmark papers, described in our own words."""
