"""The table of adopted and not adopted comments (意见采纳情况表): read, named, written as files."""
