"""Near-duplicate sets: shingles → signatures → band keys → candidate pairs → exact Jaccard → clusters.

MinHash LSH (Broder 1997; Indyk and Motwani 1998; chapter 3 of Leskovec, Rajaraman and Ullman, Mining of Massive
Datasets) as array operations over many sets at once. LSH only proposes; the exact Jaccard index decides. Members
are numbers; which number stands for which block or document is the caller's matter. Docs: docs/duplicates.md.
"""

from __future__ import annotations
