"""The learned part of the sum: what words, shape, place and company say about each block of a page.

Two sums stand on each other (:mod:`.scorer`): ``words`` adds the weights of the words and pairs of words of a block, of
its neighbours and of the heading over it (:mod:`.lexicon`); the second adds what tables say about shape, place,
repetition and the first sum of the block and around it (:mod:`.features`, :mod:`.context`). Each page then sets its own
bar (:mod:`.bars`). All figures are whole thousandths, so that no sum depends on the order in which it is added.

Source: additive models over binned features are the explainable boosting machines of Lou, Caruana and Gehrke
("Intelligible Models for Classification and Regression", 2012); stacking sums over windows is in the manner of
Cohen and Carvalho ("Stacked Sequential Learning", 2005).
"""
