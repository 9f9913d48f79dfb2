"""What the pages of a site share: survey of a document → template of the site → lines that go.

A template stands at the ends of pages. :mod:`.survey` notes the lines near a page's ends, :mod:`.walk` goes from an
end inwards as far as lines are known to repeat, :mod:`.learn` finds which do, from the surveys of a site in any order,
and :mod:`.template` holds the answer and applies it to a page.
"""
