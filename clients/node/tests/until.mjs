/** Waits for what must become true, and says what was missing when it does not. */

import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';

const DEADLINE_MS = 20_000;

export async function until(condition, missing = () => 'it did not become true') {
  const deadline = Date.now() + DEADLINE_MS;
  while (!condition()) {
    assert.ok(Date.now() < deadline, missing());
    await pause(2);
  }
}
