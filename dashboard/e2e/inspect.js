/**
 * Evaluated in the page by look.mjs: text that is cut without a sign, and text that lies over other text.
 * `inspect()` says what is wrong, and where.
 */

function nameOf(element) {
  const words = (element.textContent ?? '').trim().slice(0, 40);
  return `${element.tagName.toLowerCase()}.${element.className} "${words}"`;
}

function common(a, b) {
  return {
    left: Math.max(a.left, b.left),
    top: Math.max(a.top, b.top),
    right: Math.min(a.right, b.right),
    bottom: Math.min(a.bottom, b.bottom),
  };
}

function isEmpty(box) {
  return box.right - box.left < 2 || box.bottom - box.top < 2;
}

function isUnseen(style) {
  return style.visibility === 'hidden' || style.opacity === '0' || style.clipPath !== 'none';
}

/** What is cut off can be guessed from dots or a fade, or reached by scrolling. */
function tellsOfCut(style) {
  return (
    style.textOverflow === 'ellipsis' || /auto|scroll/.test(style.overflowX) || style.maskImage !== 'none'
  );
}

/** The part of a text that can be seen, and whether the rest is cut off sideways without a sign; null: nothing. */
function visiblePart(element, rect) {
  // What a closed part holds has a place, and is not drawn there.
  if (!element.checkVisibility()) return null;
  let box = common(rect, rect);
  let cut = false;
  for (let at = element; at !== null && at !== document.documentElement; at = at.parentElement) {
    const style = getComputedStyle(at);
    if (isUnseen(style)) return null;
    if (style.overflowX === 'visible' && style.overflowY === 'visible') continue;
    const next = common(box, at.getBoundingClientRect());
    if (isEmpty(next)) return null;
    const lost = Math.max(box.right - next.right, next.left - box.left) > 1.5;
    if (lost) cut = !tellsOfCut(style);
    box = next;
  }
  return { box: common(box, { left: 0, top: 0, right: innerWidth, bottom: innerHeight }), cut };
}

/** What something else covers is not read: under a dialog, a sticky head, an open list. */
function isCovered(element, box) {
  const top = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
  return top === null || !(element.contains(top) || top.contains(element));
}

function textNodes() {
  const nodes = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement;
    if (node.data.trim() !== '' && !element.closest('noscript, script')) nodes.push({ node, element });
  }
  return nodes;
}

function visibleTexts() {
  return textNodes().flatMap(({ node, element }) => {
    const range = document.createRange();
    range.selectNodeContents(node);
    return [...range.getClientRects()]
      .map((rect) => ({ element, ...visiblePart(element, rect) }))
      .filter(({ box }) => box !== undefined && !isEmpty(box) && !isCovered(element, box));
  });
}

function overlaps(texts) {
  const found = [];
  texts.forEach((a, at) => {
    for (const b of texts.slice(at + 1)) {
      const both = common(a.box, b.box);
      if (a.element !== b.element && both.right - both.left > 3 && both.bottom - both.top > 4) {
        found.push(`over each other: ${nameOf(a.element)} and ${nameOf(b.element)}`);
      }
    }
  });
  return found;
}

// biome-ignore lint/correctness/noUnusedVariables: look.mjs calls it.
function inspect() {
  const texts = visibleTexts();
  const wide = document.documentElement.scrollWidth - innerWidth;
  return [
    ...new Set([
      ...texts.filter(({ cut }) => cut).map(({ element }) => `cut: ${nameOf(element)}`),
      ...overlaps(texts),
      ...(wide > 0 ? [`the page is ${wide} px too wide`] : []),
    ]),
  ];
}
