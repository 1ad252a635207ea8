"""The comment form (征求意见表) as Excel, CSV and Word files, out and in. No database."""
