"""Labelled pages → the weights of the learned score. Needs the extra ``fit`` (scikit-learn, rapidfuzz).

:mod:`.gold` finds which blocks are content, :mod:`.forms` makes whole, clean and half-clean forms of each page,
:mod:`.examples` the columns, :mod:`.words` and :mod:`.boost` fit the sums, :mod:`.folds` puts one on the other without
showing any page to weights it was fitted on.
"""
