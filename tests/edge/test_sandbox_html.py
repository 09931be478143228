"""Telegram's HTML, case by case; the cases that Telegram documents by its own tests are among them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tgbot.sandbox.entities import find_entities, utf16_length
from tgbot.sandbox.html_markup import INVALID_UNICODE, EntityError, parse_html


def spans(markup):
    text, entities = parse_html(markup)
    return text, [(e["type"], e["offset"], e["length"]) for e in entities]


@pytest.mark.parametrize(
    ("markup", "text", "entities"),
    [
        ("plain", "plain", []),
        ("", "", []),
        ("<b>bold</b>", "bold", [("bold", 0, 4)]),
        ("<strong>a</strong><em>b</em>", "ab", [("bold", 0, 1), ("italic", 1, 1)]),
        ("<ins>a</ins><u>b</u>", "ab", [("underline", 0, 1), ("underline", 1, 1)]),
        (
            "<s>a</s><del>b</del><strike>c</strike>",
            "abc",
            [("strikethrough", i, 1) for i in range(3)],
        ),
        ("<tg-spoiler>a</tg-spoiler>", "a", [("spoiler", 0, 1)]),
        ('<span class="tg-spoiler">a</span>', "a", [("spoiler", 0, 1)]),
        ("<blockquote>a</blockquote>", "a", [("blockquote", 0, 1)]),
        ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", 0, 1)]),
        ("<B>a</b>", "a", [("bold", 0, 1)]),
        ("😀<b>😀</b>", "😀😀", [("bold", 2, 2)]),
        ("➡️ ➡️<i>➡️ ➡️</i>", "➡️ ➡️➡️ ➡️", [("italic", 5, 5)]),
        ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
        ("<i><b>a</b></i>", "a", [("bold", 0, 1), ("italic", 0, 1)]),
        ("<b></b>x", "x", []),
        ("<i>a</>", "a", [("italic", 0, 1)]),
        ("<i>a</i   >", "a", [("italic", 0, 1)]),
        ("&lt;&gt;&amp;&quot;", '<>&"', []),
        ("&lt", "<", []),
        ("&#39;&#x41;&#65", "'AA", []),
        ("&laquo;&nbsp;&apos;", "&laquo;&nbsp;&apos;", []),
        ("&#0;&#12345678;&", "&#0;&#12345678;&", []),
        ("<b>&#128512;</b>", "😀", [("bold", 0, 2)]),
        ("&#xD83D;&#xDE00;", "😀", []),
        ("<pre>a</pre>", "a", [("pre", 0, 1)]),
        ("<pre><code>a</code></pre>", "a", [("pre", 0, 1), ("code", 0, 1)]),
        ("a > b", "a > b", []),
        ("<i    aba  =  190azAz-.   >a</i>", "a", [("italic", 0, 1)]),
        ("<i aba = '&lt;&gt;&quot;'>a</i>", "a", [("italic", 0, 1)]),
        ("<a>telegram.org </a>", "telegram.org ", [("text_link", 0, 13)]),
        ("<a> </a>", " ", []),
        ('<a href="nolink">a</a>', "a", []),
    ],
)
def test_markup_becomes_text_and_entities(markup, text, entities):
    assert spans(markup) == (text, entities)


def test_links_mentions_and_languages_keep_what_they_point_to():
    markup = (
        '<a href="http://example.org?a=1&amp;b=2">x</a><a href="tg://user?id=77">y</a>'
        '<pre><code class="language-python">z</code></pre><tg-emoji emoji-id="5">e</tg-emoji>'
    )
    link, mention, code, emoji = parse_html(markup)[1]
    assert link["url"] == "http://example.org/?a=1&b=2"
    assert (mention["type"], mention["user"]) == ("text_mention", {"id": 77})
    assert code == {"type": "pre", "offset": 2, "length": 1, "language": "python"}
    assert emoji["custom_emoji_id"] == "5"


def test_code_around_pre_becomes_one_block():
    assert parse_html('<code class="language-x"><pre>a</pre></code>')[1] == [
        {"type": "pre", "offset": 0, "length": 1, "language": "x"}
    ]


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("🏟 🏟&lt;<abacaba", "Unclosed start tag at byte offset 13"),
        ("🏟 🏟&lt;<abac aba>", 'Unsupported start tag "abac" at byte offset 13'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("<br>", 'Unsupported start tag "br" at byte offset 0'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("🏟 🏟&lt;<i   =aba>", 'Empty attribute name in the tag "i" at byte offset 13'),
        (
            "🏟 🏟&lt;<i    aba>",
            'Expected equal sign in declaration of an attribute of the tag "i" at byte offset 13',
        ),
        ("🏟 🏟&lt;<i    aba  =  ", 'Unclosed start tag "i" at byte offset 13'),
        ("🏟 🏟&lt;<i    aba  =  190azAz-.,", "Unexpected end of name token at byte offset 27"),
        ('🏟 🏟&lt;<i    aba  =  "&lt;&gt;&quot;>', "Unclosed start tag at byte offset 13"),
        ("🏟 🏟&lt;</", "Unexpected end tag at byte offset 13"),
        ("🏟 🏟&lt;<b></b></", "Unexpected end tag at byte offset 20"),
        ("🏟 🏟&lt;<i>a</i   ", "Unclosed end tag at byte offset 17"),
        (
            "🏟 🏟&lt;<i>a</em   >",
            'Unmatched end tag at byte offset 17, expected "</i>", found "</em>"',
        ),
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b><i>a</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<tg-emoji emoji-id="x">e</tg-emoji>', "Invalid custom emoji identifier specified"),
        (
            "&#xDFDF;",
            INVALID_UNICODE,
        ),
    ],
)
def test_markup_that_telegram_refuses_is_refused_in_its_words(markup, words):
    with pytest.raises(EntityError) as refused:
        parse_html(markup)
    assert str(refused.value) == words


MARKUP = st.text(st.sampled_from("<>/=&;#\"' abipresx12-😀\0\n"), max_size=60)


@given(MARKUP | st.text(max_size=60))
def test_any_text_is_parsed_or_refused(markup):
    try:
        text, entities = parse_html(markup)
    except EntityError:
        return
    length = utf16_length(text)
    for entity in entities:
        assert entity["length"] > 0
        assert 0 <= entity["offset"] <= length - entity["length"]


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_escaped_text_comes_back_as_it_was(text):
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert parse_html(f"<b>{escaped}</b>")[0] == text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/start", [("bot_command", 0, 6)]),
        ("😀 /help@surefoot_bot now", [("bot_command", 3, 18)]),
        ("and/or", []),
        ("8/10", []),
        ("see https://example.org/a?b, ok", [("url", 4, 23)]),
        ("mail a.b@example.org", [("email", 5, 15)]),
        ("hi @somebody #legs", [("mention", 3, 9), ("hashtag", 13, 5)]),
        ("#1", []),
    ],
)
def test_telegram_finds_some_entities_itself(text, found):
    assert [(e["type"], e["offset"], e["length"]) for e in find_entities(text)] == found


def test_looking_for_entities_in_a_huge_text_stays_quick():
    for piece in ("a.", "#1", "/a", "@a", "www.a"):
        find_entities(piece * 500_000)
