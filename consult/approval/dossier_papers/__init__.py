"""The papers of a dossier that the platform writes itself, and its catalogue, in one language."""
