/** What the palette offers and in which order it fits what is typed. Pure. */

export interface Command {
  /** Such as "Page" or "Service": where it belongs. */
  readonly group: string;
  readonly label: string;
  /** A key that does the same, or a word on its state. */
  readonly hint?: string;
  run(): void;
}

/** More than anybody reads. */
const MOST = 60;

/** How far a command is from what is meant: every word must occur; the beginning of the label is nearest; null: not meant. */
function distance(command: Command, words: readonly string[]): number | null {
  const label = command.label.toLowerCase();
  const whole = `${command.group.toLowerCase()} ${label}`;
  let sum = 0;
  for (const word of words) {
    const inLabel = label.indexOf(word);
    if (inLabel === 0) continue;
    if (inLabel > 0) sum += /\w/.test(label[inLabel - 1] ?? '') ? 2 : 1;
    else if (whole.includes(word)) sum += 3;
    else return null;
  }
  return sum;
}

/** Among equals the order in which they were offered stays. */
export function findCommands(commands: readonly Command[], text: string): readonly Command[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return commands
    .map((command) => ({ command, far: distance(command, words) }))
    .filter((entry): entry is { command: Command; far: number } => entry.far !== null)
    .sort((a, b) => a.far - b.far)
    .slice(0, MOST)
    .map(({ command }) => command);
}
