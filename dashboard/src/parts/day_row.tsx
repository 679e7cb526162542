/** The line between two days in a list whose rows show only a clock. */
export function DayRow(props: { readonly label: string }) {
  return <li class="row row-day">{props.label}</li>;
}
