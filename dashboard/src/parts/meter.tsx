/** How full something bounded is. A picture only: the numbers always stand beside it. */
interface Props {
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
    <span class={`meter ${mood()}`} aria-hidden="true">
      <i style={{ transform: `scaleX(${share()})` }} />
    </span>
  );
}
