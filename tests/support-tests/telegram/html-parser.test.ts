import { describe, expect, test } from 'vitest'
import { parseHtml } from '../../support/telegram/html-parser.ts'

const accepted: [string, string][] = [
  ['', ''],
  ['plain', 'plain'],
  ['<b>a</b><strong>b</strong>', 'ab'],
  ['<i>a</i><em>b</em><s>c</s><strike>d</strike><del>e</del><u>f</u><ins>g</ins>', 'abcdefg'],
  ['<tg-spoiler>a</tg-spoiler><span class="tg-spoiler">b</span>', 'ab'],
  ['<tg-emoji emoji-id="5">👍</tg-emoji><tg-time unix="1">now</tg-time>', '👍now'],
  ['<pre><code class="language-sql">select</code></pre>', 'select'],
  ['<blockquote expandable>long</blockquote>', 'long'],
  ['<B>upper</b >', 'upper'],
  ['<b>closed by</>', 'closed by'],
  ['&lt;b&gt; &amp; &quot;&#39;&#x41;', '<b> & "\'A'],
  ['<a href="https://a.ru/?x=1&amp;y=2">link</a>', 'link'],
  ["<a href='https://a.ru'>link</a>", 'link'],
  ['a > b', 'a > b'],
  ['<b></b>', ''],
  ['&#128075;', '👋'],
]

const refusedSources: [string, string][] = [
  ['<b', 'Unclosed start tag at byte offset 0'],
  ['🏟 🏟<b', 'Unclosed start tag at byte offset 9'],
  ['<div>x</div>', 'Unsupported start tag "div" at byte offset 0'],
  ['line<br/>', 'Unsupported start tag "br/" at byte offset 4'],
  ['a < b and c > d', 'Unsupported start tag "" at byte offset 2'],
  ['<Ivan@mail.ru>', 'Unsupported start tag "ivan@mail.ru" at byte offset 0'],
  ['<b>open', 'Can\'t find end tag corresponding to start tag "b"'],
  ['shut</b>', 'Unexpected end tag at byte offset 4'],
  ['<b><i>x</b></i>', 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'],
  ['<i>a</i   ', 'Unclosed end tag at byte offset 4'],
  ['<i =a>x</i>', 'Empty attribute name in the tag "i" at byte offset 0'],
  ['<i a = ', 'Unclosed start tag "i" at byte offset 0'],
  ['<i a="x>y</i>', 'Unclosed start tag at byte offset 0'],
  ['<i a=x,y>z</i>', 'Unexpected end of name token at byte offset 5'],
  ['<span>x</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'],
  ['<tg-emoji>x</tg-emoji>', 'Invalid custom emoji identifier specified'],
  ['R&D', 'Unescaped "&" at byte offset 1 (stricter than td)'],
  ['a&nbsp;b', 'Unescaped "&" at byte offset 1 (stricter than td)'],
  ['&lt', 'Unescaped "&" at byte offset 0 (stricter than td)'],
  ['&#12345678;', 'Unescaped "&" at byte offset 0 (stricter than td)'],
  ['<a href="https://a.ru/?x=1&y=2">link</a>', 'Unescaped "&" at byte offset 26 (stricter than td)'],
]

describe('the HTML parser', () => {
  test.each(accepted)('accepts %j and shows %j', (source, text) => {
    expect(parseHtml(source).text).toBe(text)
  })

  test.each(refusedSources)('refuses %j with %j', (source, message) => {
    expect(() => parseHtml(source)).toThrow(message)
  })

  test('refuses half a surrogate pair made by a numeric entity', () => {
    expect(() => parseHtml('&#xDFDF;')).toThrow('invalid Unicode characters after decoding HTML entities')
  })

  test('keeps unknown references as they are when told to be as lax as td', () => {
    expect(parseHtml('R&D &nbsp;&lt &#12345678;', true).text).toBe('R&D &nbsp;< &#12345678;')
  })

  test('gives entities in UTF-16 units, outer ones first', () => {
    expect(parseHtml('👋 <b>a<i>👍</i></b><a href="a.ru">x</a>').entities).toEqual([
      { type: 'bold', offset: 3, length: 3 },
      { type: 'italic', offset: 4, length: 2 },
      { type: 'text_link', offset: 6, length: 1, url: 'http://a.ru/' },
    ])
  })

  test('drops a link nobody can follow and keeps its words', () => {
    expect(parseHtml('<a href="javascript:alert(1)">x</a>')).toEqual({ text: 'x', entities: [] })
  })
})
