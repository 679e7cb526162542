/** What a person chose for this browser. Read and written as one JSON text; unknown values become defaults. */

export const THEMES = ['system', 'dark', 'light'] as const;
export type Theme = (typeof THEMES)[number];

export const CHART_KINDS = ['level', 'language'] as const;
export type ChartKind = (typeof CHART_KINDS)[number];

export const CHART_SPANS = [60, 300, 900] as const;
export type ChartSpan = (typeof CHART_SPANS)[number];

export interface Settings {
  readonly theme: Theme;
  readonly chartKind: ChartKind;
  /** Seconds that the throughput chart shows. */
  readonly chartSpan: ChartSpan;
}

export const DEFAULTS: Settings = { theme: 'system', chartKind: 'level', chartSpan: 300 };

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
  };
}
