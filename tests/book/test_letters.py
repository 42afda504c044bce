"""Pictures of a page share the outlines of their letters, and look as they did."""

import re

from book.extensions.letters import share

A, B = 'd="m0 0h1z"', 'd="m0 0v2z"'
ONE, OTHER = "m01234567", "m89abcdef"
PICTURES = (
    f'<svg><defs><path id="{ONE}-0" {A}/><path id="{ONE}-1" {B}/></defs>'
    f'<use href="#{ONE}-0" x="1"/><use href="#{ONE}-1"/></svg>'
    f'<svg><defs><path id="{OTHER}-0" {A}/><clipPath id="{OTHER}-1"><path d="m0 0"/></clipPath>'
    f'</defs><use href="#{OTHER}-0" clip-path="url(#{OTHER}-1)"/></svg>'
    f'<script type="application/json">{{"parts": ["<use href=\\"#{OTHER}-0\\"/>"]}}</script>'
)


def expanded(body):
    """Every use with the outline it names instead of the name."""
    outlines = dict(re.findall(r'<path id="([^"]*)" (d="[^"]*")/>', body))
    pictures = re.sub(
        r'<path id="[^"]*" d="[^"]*"/>|<svg width="0".*?</svg>|<defs></defs>', "", body
    )
    return re.sub(r'#(m[0-9a-f]{8}-\d+)(?=\\?")', lambda found: outlines[found[1]], pictures)


def test_a_letter_of_two_pictures_is_there_once_and_both_look_as_before():
    shared = share(PICTURES)
    assert PICTURES.count(A) == 2
    assert shared.count(A) == shared.count(B) == 1
    assert shared.index(A) < shared.index("<use")
    assert expanded(shared) == expanded(PICTURES)


def test_a_page_with_nothing_to_share_is_left_alone():
    alone = PICTURES.partition("</svg>")[0]
    assert share(alone) == alone
