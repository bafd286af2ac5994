"""The page `index.html` of a release, and its map: made of the tables alone, readable without server or network."""
