"""Words of the language packs and names of the gazetteer, found in tokens."""
