"""Pages of indicators: definitions; readings belong to implementation."""
