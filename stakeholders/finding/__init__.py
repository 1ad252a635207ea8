"""How words are found in texts: one meaning for every search of the house (docs/search.md)."""
