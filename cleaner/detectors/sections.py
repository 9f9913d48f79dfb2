"""How far a section reaches below its lead line."""

from __future__ import annotations

from cleaner.batch import Page
from cleaner.ruleset import Rule
from cleaner.text import is_terminated

#: What a list of other articles consists of besides titles: datelines and bylines are this short.
_LABEL_WORDS = 6


def reach(page: Page, lead: int, rule: Rule, timeout: float) -> int:
    """One past the section's last block; ``lead`` itself if the rule does not hit after all.

    Raises ``TimeoutError`` if the stop pattern takes over ``timeout`` seconds on a block.
    """
    most = min(len(page.blocks), lead + 1 + rule.max_blocks)
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


def _to_heading(page: Page, lead: int, most: int) -> int:
    level = page.blocks[lead].level or 6
    for block in range(lead + 1, most):
        other = page.blocks[block]
        if other.kind == "heading" and other.level <= level:
            return block
    return most


def _over_teasers(page: Page, lead: int, most: int, longest: int) -> int:
    """Titles with a summary each: ends before a long block, and before a second paragraph without a title.

    A lead with nothing of the kind below it goes alone.
    """
    end, untitled = lead + 1, 0
    while end < most:
        block, view = page.blocks[end], page.views[end]
        words = view.count(" ") + 1
        if block.kind not in ("heading", "paragraph", "list_item", "quote") or words > longest:
            break
        if block.kind == "list_item" or block.kind == "heading" or words <= _LABEL_WORDS or not is_terminated(view):
            untitled = 0
        else:
            untitled += 1
            if untitled == 2:
                return end - 1 if end - 1 > lead + 1 else lead + 1
        end += 1
    return end


def _over_short(page: Page, lead: int, most: int, longest: int) -> int:
    end = lead + 1
    while end < most and page.blocks[end].kind in ("heading", "paragraph", "list_item", "quote"):
        if page.views[end].count(" ") >= longest:
            break
        end += 1
    return end
