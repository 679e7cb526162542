import { describe, expect, it } from 'vitest';
import { type Bars, oneBar, type Stretch, spanOf, stretchKey } from './stretch';

const BARS: Bars = { startMs: 1000, stepMs: 10, buckets: 30 };

/** The bars that these keys choose one after the other; `+` before a key holds Shift. */
function chosenBy(keys: readonly string[], from: Stretch | null = null, bars = BARS) {
  const last = keys.reduce<Stretch | null>((stretch, key) => {
    const told = stretchKey(bars, stretch, key.replace('+', ''), key.startsWith('+'));
    if (told?.kind === 'choose') return told.stretch;
    return told?.kind === 'clear' ? null : stretch;
  }, from);
  const span = spanOf(bars, last);
  return span === null ? null : [span.first, span.last, span.cursor];
}

describe('keys on a chart of bars', () => {
  it('come in from an end, and go on by a bar', () => {
    expect(chosenBy(['ArrowLeft'])).toEqual([29, 29, 29]);
    expect(chosenBy(['ArrowRight'])).toEqual([0, 0, 0]);
    expect(chosenBy(['Home'])).toEqual([0, 0, 0]);
    expect(chosenBy(['End'])).toEqual([29, 29, 29]);
    expect(chosenBy(['ArrowLeft', 'ArrowLeft', 'ArrowLeft', 'ArrowRight'])).toEqual([28, 28, 28]);
  });

  it('leap, and stop at the ends', () => {
    expect(chosenBy(['Home', 'PageUp', 'ArrowLeft'])).toEqual([9, 9, 9]);
    expect(chosenBy(['Home', 'ArrowLeft', 'PageDown'])).toEqual([0, 0, 0]);
    expect(chosenBy(['End', 'ArrowRight', 'PageUp'])).toEqual([29, 29, 29]);
  });

  it('extend with Shift, to both sides of where it began', () => {
    expect(chosenBy(['Home', 'PageUp', '+ArrowRight', '+ArrowRight'])).toEqual([10, 12, 12]);
    expect(chosenBy(['Home', 'PageUp', '+ArrowRight', '+ArrowLeft', '+ArrowLeft'])).toEqual([9, 10, 9]);
    expect(chosenBy(['Home', 'PageUp', '+End', 'ArrowLeft'])).toEqual([28, 28, 28]);
    expect(chosenBy(['+ArrowLeft'])).toEqual([29, 29, 29]);
  });

  it('apply and give up what is chosen, and are the page’s own where nothing is', () => {
    expect(stretchKey(BARS, null, 'Enter', false)).toBeNull();
    expect(stretchKey(BARS, null, 'Escape', false)).toBeNull();
    expect(stretchKey(BARS, oneBar(BARS, 3), 'Enter', false)).toEqual({ kind: 'apply' });
    expect(chosenBy(['End', 'Escape'])).toBeNull();
    expect(stretchKey(BARS, oneBar(BARS, 3), 'j', false)).toBeNull();
    expect(stretchKey({ ...BARS, buckets: 0 }, null, 'ArrowLeft', false)).toBeNull();
  });
});

it('a choice stays with its time while the bars move on, until none of it is left', () => {
  const chosen: Stretch = { anchorMs: 1020, cursorMs: 1050 };
  expect(spanOf(BARS, chosen)).toEqual({ first: 2, last: 5, cursor: 5 });
  expect(spanOf({ ...BARS, startMs: 1030 }, chosen)).toEqual({ first: 0, last: 2, cursor: 2 });
  expect(spanOf({ ...BARS, startMs: 1060 }, chosen)).toBeNull();
  expect(chosenBy(['ArrowLeft'], chosen, { ...BARS, startMs: 1060 })).toEqual([29, 29, 29]);
});
