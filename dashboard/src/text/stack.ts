/** The lines of a stack trace, told apart: what was thrown, frames of one's own code, frames of others'. */

export type StackKind = 'head' | 'frame' | 'foreign' | 'code';

export interface StackLine {
  readonly kind: StackKind;
  readonly text: string;
}

const FRAME = /^\s*(?:at\s|File "|#\d+\s|\d+:\s+(?:0x|\S)|[\w./*()[\]<>$-]+\(.*\)$|\/?\S+\.\w+:\d+)/;
/** Where code lies that the reader did not write: runtimes, frameworks, installed packages. */
const FOREIGN =
  /site-packages|dist-packages|node_modules|node:internal|\/lib\/python|<frozen |\bat (?:java|javax|jdk|sun|kotlin|scala|System|Microsoft)\.|java\.base\/|\/rustc\/|\.cargo\/registry|\/usr\/local\/go\/|^\s*runtime\.|core::|std::/;

function kindOf(line: string, before: StackKind): StackKind {
  if (FOREIGN.test(line)) return 'foreign';
  if (FRAME.test(line)) return 'frame';
  // Python and Rust write the source under the frame, indented deeper.
  if (/^\s{4,}\S/.test(line) && before !== 'head') return before === 'foreign' ? 'foreign' : 'code';
  return 'head';
}

export function stackLines(stack: string): readonly StackLine[] {
  let before: StackKind = 'head';
  return stack.split('\n').map((text) => {
    before = kindOf(text, before);
    return { kind: before, text };
  });
}
