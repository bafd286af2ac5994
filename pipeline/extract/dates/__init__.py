"""Dates and times: points, ranges, and what a text leaves unsaid of them."""
