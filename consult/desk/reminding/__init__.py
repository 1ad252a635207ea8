"""What the sweep tells of duties: when, whom and in which words. It writes nothing."""
