"""Reports: what would go or went, and why, as text. Each module is one format; none prints or writes."""
