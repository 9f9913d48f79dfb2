"""Engines: ways to map a task over batches. All give the same results in the same order."""
