"""The learned part of the sum: what words, shape, place and company say about each block of a page.

Three sums stand on each other (:mod:`.scorer`): ``words`` adds the weights of a block's words and pairs of words
(:mod:`.lexicon`); ``near`` adds what tables say about shape, place, repetition and the first sum of the block and
of those around it (:mod:`.features`, :mod:`.context`); ``far`` adds tables over the second sum around it once more.
All figures are whole thousandths, so that no sum depends on the order in which it is added.

Source: additive models over binned features are the explainable boosting machines of Lou, Caruana and Gehrke
("Intelligible Models for Classification and Regression", 2012); stacking sums over windows is in the manner of
Cohen and Carvalho ("Stacked Sequential Learning", 2005).
"""
