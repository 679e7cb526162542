/** Reads colour tokens for a canvas, which knows no CSS variables. */

/** `light-dark()` is resolved only in a computed colour, so a probe element wears each once. */
export function readColours(host: HTMLElement, values: readonly string[]): string[] {
  const probe = document.createElement('i');
  probe.hidden = true;
  host.append(probe);
  const colours = values.map((value) => {
    probe.style.color = value;
    return getComputedStyle(probe).color;
  });
  probe.remove();
  return colours;
}
