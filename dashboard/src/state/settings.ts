/** What a person chose for this browser. Read and written as one JSON text; unknown values become defaults. */
import type { Zone } from '../text/moment';

export const THEMES = ['system', 'dark', 'light'] as const;
export type Theme = (typeof THEMES)[number];

export const CHART_KINDS = ['level', 'language'] as const;
export type ChartKind = (typeof CHART_KINDS)[number];

export const CHART_SPANS = [60, 300, 900] as const;
export type ChartSpan = (typeof CHART_SPANS)[number];

export const ZONES = ['local', 'utc'] as const;
export const DENSITIES = ['dense', 'roomy'] as const;
export type Density = (typeof DENSITIES)[number];

export interface Settings {
  readonly theme: Theme;
  readonly chartKind: ChartKind;
  /** Seconds that the throughput chart shows. */
  readonly chartSpan: ChartSpan;
  /** The clock of every time on the page. */
  readonly zone: Zone;
  /** Times of records to the nanosecond, else to the millisecond. */
  readonly nanos: boolean;
  /** Long records go on in the next line instead of being cut. */
  readonly wrap: boolean;
  readonly density: Density;
  /** Fields and values beside the list. */
  readonly facets: boolean;
}

export const DEFAULTS: Settings = {
  theme: 'system',
  chartKind: 'level',
  chartSpan: 300,
  zone: 'local',
  nanos: false,
  wrap: false,
  density: 'dense',
  facets: true,
};

function flag(value: unknown, otherwise: boolean): boolean {
  return typeof value === 'boolean' ? value : otherwise;
}

export function parseSettings(text: string | null): Settings {
  let read: Readonly<Record<string, unknown>> = {};
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    if (typeof value === 'object' && value !== null) read = value as Record<string, unknown>;
  } catch {
    return DEFAULTS;
  }
  return {
    theme: THEMES.find((name) => name === read.theme) ?? DEFAULTS.theme,
    chartKind: CHART_KINDS.find((name) => name === read.chartKind) ?? DEFAULTS.chartKind,
    chartSpan: CHART_SPANS.find((span) => span === read.chartSpan) ?? DEFAULTS.chartSpan,
    zone: ZONES.find((zone) => zone === read.zone) ?? DEFAULTS.zone,
    nanos: flag(read.nanos, DEFAULTS.nanos),
    wrap: flag(read.wrap, DEFAULTS.wrap),
    density: DENSITIES.find((density) => density === read.density) ?? DEFAULTS.density,
    facets: flag(read.facets, DEFAULTS.facets),
  };
}
