"""Numbers in figures and words, and the figures of things that they give."""
