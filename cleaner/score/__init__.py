"""The learned part of the sum: what words, shape, place and company say about each block of a page.

Sums stand on each other (:mod:`.scorer`): the first adds the weights of the words and pairs of words of a block, of its
neighbours and of the heading over it (:mod:`.lexicon`). Small trees then look twice (:mod:`.trees`) at shape, place,
repetition and what the sum before says of the block and around it (:mod:`.features`, :mod:`.context`, :mod:`.again`).
Each page then sets its own bar (:mod:`.bars`). All weights are whole thousandths, so that no sum depends on the order
in which it is added.

Source: looks over what an earlier look said around a place are the stacked sequential learning of Cohen and Carvalho
(2005), boosted trees those of Friedman ("Greedy Function Approximation", 2001); crediting a tree's steps to the column
asked about, so that they add up to what it says, is Saabas, "Interpreting random forests" (2014).
"""
