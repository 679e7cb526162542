/** Reads colour tokens for a canvas, which knows no CSS variables. */

/** `light-dark()` is resolved only in a computed colour, so a probe element wears each token once. */
export function readColours(host: HTMLElement, tokens: readonly string[]): string[] {
  const probe = document.createElement('i');
  probe.hidden = true;
  host.append(probe);
  const colours = tokens.map((token) => {
    probe.style.color = `var(${token})`;
    return getComputedStyle(probe).color;
  });
  probe.remove();
  return colours;
}
