/** Logging that survives the process: encodes here, hands over to the Rust core, never blocks, prints or throws. */

import { native } from './native';

export { context } from './context';
export type { CloseReport } from './engine';
export type { Events } from './events';
export type { LostReason, RefusedReason } from './generated/losses';
export type { Activity, State } from './generated/states';
export type { Level, LevelName } from './level';
export { DistributedLogger, type Metadata } from './logger';
export type { Options } from './options';
export { closeOnSignals } from './signals';
export type { Stats } from './stats';

/** The package's version. */
export const version = native.version();
