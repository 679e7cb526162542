/** Bodies to write into: one is enough, unless a value that is being read logs itself. Then it gets another one. */

import { Body } from './body';

/** Records inside records beyond this are written without their fields: a `toString` that logs itself must end. */
const MAX_NESTED = 3;

const bodies: Body[] = [];
let inUse = 0;

/** May values be asked for anything, or would that never end? */
export function mayAsk(): boolean {
  return inUse <= MAX_NESTED;
}

/** A body that nobody writes into. `giveBack` must follow, in reverse order. */
export function take(): Body {
  const body = bodies[inUse] ?? another();
  inUse++;
  return body;
}

/** Gives the last one back that was taken. */
export function giveBack(): void {
  inUse--;
}

function another(): Body {
  const body = new Body();
  bodies.push(body);
  return body;
}
