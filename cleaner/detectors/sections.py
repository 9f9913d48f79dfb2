"""How far a section reaches below its lead line."""

from __future__ import annotations

from cleaner.batch import Page
from cleaner.ruleset import Rule
from cleaner.text import is_terminated

#: What a list of other articles consists of besides titles: datelines and bylines are this short.
_LABEL_WORDS = 6
#: A title that ends as a sentence does, without capitals throughout, has so many words at most.
_TITLE_WORDS = 12
#: In a title in capitals this share of the words that are longer than ``_SMALL_WORD`` begins with one.
_CAPITALS, _SMALL_WORD = 0.75, 3

#: A table of contents has so many lines like headings before and after each of its entries.
_LISTED = 2

_LINES = ("heading", "paragraph", "list_item", "quote")


def reach(page: Page, lead: int, rule: Rule, timeout: float | None) -> int:
    """One past the section's last block; ``lead`` itself if the rule does not hit after all.

    Raises ``TimeoutError`` if the stop pattern takes over ``timeout`` seconds on a block; None is no limit.
    """
    most = min(len(page.blocks), lead + 1 + rule.max_blocks)
    if rule.extent in ("short", "empty") and _is_listed(page, lead):
        return lead
    match rule.extent:
        case "heading":
            end = _to_heading(page, lead, most)
        case "teasers":
            end = _over_teasers(page, lead, most, rule.item_max_words)
        case "short":
            end = _over_short(page, lead, most, rule.item_max_words)
        case "end":
            end = most
        case "empty":
            return lead + 1 if _to_heading(page, lead, most) == lead + 1 else lead
    if rule.stop:
        for block in range(lead + 1, end):
            if rule.stop.search(page.views[block], timeout=timeout):
                return block
    return end


def _is_listed(page: Page, lead: int) -> bool:
    """True for a line among others that only look like headings: an entry of a table of contents."""
    around = page.blocks[max(0, lead - _LISTED) : lead + _LISTED + 1]
    return len(around) == 2 * _LISTED + 1 and all(block.kind == "heading" and not block.level for block in around)


def _to_heading(page: Page, lead: int, most: int) -> int:
    level = page.blocks[lead].level
    for block in range(lead + 1, most):
        other = page.blocks[block]
        # a heading that is only guessed ends no marked section
        if other.kind == "heading" and (not level or 0 < other.level <= level):
            return block
    return most


def _over_teasers(page: Page, lead: int, most: int, longest: int) -> int:
    """Titles with a summary each, or titles alone, or list items.

    Ends before a marked heading of the lead's level, a long block, what is no list item after list items, and a
    paragraph that cannot be a summary: the first under the lead, a second under one title, or any after titles
    that had none. Such a paragraph belongs to what follows, and so does what may be its heading.
    """
    lists = lead + 1 < most and page.blocks[lead + 1].kind == "list_item"
    end, title, summary, is_long, bare = lead + 1, 0, 0, False, False
    while end < most:
        block, view = page.blocks[end], page.views[end]
        words = view.count(" ") + 1
        if block.kind not in _LINES or words > longest or 0 < block.level <= page.blocks[lead].level:
            break
        if lists and block.kind != "list_item":
            break
        untitled, is_open = title <= summary, not is_terminated(view)
        if is_open or block.kind in ("heading", "list_item") or _is_title(view):
            is_title = untitled or words > _LABEL_WORDS or not is_open
        elif words <= _LABEL_WORDS:
            is_title = False
        elif words <= _TITLE_WORDS and (not title or bare):
            is_title = True
        elif untitled or bare:
            return max(lead + 1, summary if untitled else title)
        else:
            is_title, summary = False, end
        if is_title:
            bare = bare or (is_long and not untitled)
            title, is_long = end, words > _LABEL_WORDS or not is_open
        end += 1
    return end


def _is_title(view: str) -> bool:
    """True for a terminated line that has the shape of a title: a question, or capitals throughout."""
    words = [word for word in view.split() if len(word) > _SMALL_WORD]
    capitals = sum(not word.lstrip("\"'(").islower() for word in words)
    is_question = view.endswith("?") and view.count(" ") < _TITLE_WORDS
    return is_question or (len(words) > 1 and capitals >= _CAPITALS * len(words))


def _over_short(page: Page, lead: int, most: int, longest: int) -> int:
    end = lead + 1
    while end < most and page.blocks[end].kind in _LINES:
        if page.views[end].count(" ") >= longest:
            break
        end += 1
    return end
