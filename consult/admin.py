"""The administrators' pages of the slices, for Django to find."""

from consult.phase3_identification import admin as identification

__all__ = ["identification"]
