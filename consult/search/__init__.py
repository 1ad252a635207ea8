"""Search over all that a reader may see: what was agreed, said and settled, in every plan."""
