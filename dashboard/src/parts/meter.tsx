/** How full something bounded is. */
interface Props {
  readonly label: string;
  readonly value: number;
  readonly max: number;
}

export function Meter(props: Props) {
  const share = (): number => (props.max > 0 ? Math.min(1, Math.max(0, props.value / props.max)) : 0);
  const mood = (): string => {
    if (share() > 0.9) return 'meter-full';
    return share() > 0.6 ? 'meter-high' : '';
  };
  return (
    <span
      class={`meter ${mood()}`}
      role="meter"
      aria-label={props.label}
      aria-valuemin={0}
      aria-valuemax={props.max}
      aria-valuenow={props.value}
    >
      <i style={{ transform: `scaleX(${share()})` }} />
    </span>
  );
}
