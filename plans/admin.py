"""The administrators' pages of the slices, for Django to find."""
