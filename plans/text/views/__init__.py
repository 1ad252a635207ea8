"""Pages of the plan text, one module per subject."""
