"""The words everything else is spoken in: frozen values without Django."""
