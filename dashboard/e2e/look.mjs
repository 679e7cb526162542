/** Looks at a page as a careful reader does: text that is cut without saying so, and text that lies over other text. */

/** Runs in the page; says what is wrong, and where. */
function inspect() {
  const problems = [];
  const seen = [];
  const name = (element) => {
    const words = (element.textContent ?? '').trim().slice(0, 40);
    return `${element.tagName.toLowerCase()}.${element.className} "${words}"`;
  };
  const cut = (box, by) => ({
    left: Math.max(box.left, by.left),
    top: Math.max(box.top, by.top),
    right: Math.min(box.right, by.right),
    bottom: Math.min(box.bottom, by.bottom),
  });
  const empty = (box) => box.right - box.left < 2 || box.bottom - box.top < 2;

  /** The part of a text that can be seen, and whether something hides the rest without a sign. */
  const visible = (element, whole) => {
    let box = { left: whole.left, top: whole.top, right: whole.right, bottom: whole.bottom };
    let hidden = false;
    for (let at = element; at !== null && at !== document.documentElement; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.visibility === 'hidden' || style.opacity === '0' || style.clipPath !== 'none') return null;
      if (style.overflowX === 'visible' && style.overflowY === 'visible') continue;
      const next = cut(box, at.getBoundingClientRect());
      const lost = box.right - next.right > 1.5 || next.left - box.left > 1.5;
      const says =
        style.textOverflow === 'ellipsis' ||
        /auto|scroll/.test(style.overflowX) ||
        style.maskImage !== 'none';
      if (lost && !says && !empty(next)) hidden = true;
      if (lost && says) hidden = false;
      box = next;
      if (empty(box)) return null;
    }
    return { box: cut(box, { left: 0, top: 0, right: innerWidth, bottom: innerHeight }), hidden };
  };

  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement;
    if ((node.data ?? '').trim() === '' || element === null || element.closest('noscript, script')) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const rect of range.getClientRects()) {
      const look = visible(element, rect);
      if (look === null || empty(look.box)) continue;
      const { box } = look;
      // What something else covers is not read: a dialog, a sticky head, an open list.
      const top = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
      if (top === null || !(element.contains(top) || top.contains(element))) continue;
      if (look.hidden) problems.push(`cut: ${name(element)}`);
      seen.push({ element, box });
    }
  }
  for (let a = 0; a < seen.length; a += 1) {
    for (let b = a + 1; b < seen.length; b += 1) {
      const common = cut(seen[a].box, seen[b].box);
      if (seen[a].element === seen[b].element) continue;
      if (common.right - common.left > 3 && common.bottom - common.top > 4) {
        problems.push(`over each other: ${name(seen[a].element)} and ${name(seen[b].element)}`);
      }
    }
  }
  const wide = document.documentElement.scrollWidth - innerWidth;
  if (wide > 0) problems.push(`the page is ${wide} px too wide`);
  return [...new Set(problems)];
}

export function look(page) {
  return page.evaluate(inspect);
}
