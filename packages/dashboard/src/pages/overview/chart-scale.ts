/** The measures of the chart. */

/** The end of the axis: the next number above the highest that is easy to read, with lines at its quarters or fifths. */
export function axisOf(highest: number): { top: number; lines: number[] } {
  const wanted = Math.max(highest, 1);
  const power = 10 ** Math.floor(Math.log10(wanted));
  const top = [1, 2, 4, 5, 10].map((step) => step * power).find((each) => each >= wanted) ?? wanted;
  // Messages come whole: no line stands at a half.
  const parts = [4, 2, 5].find((each) => Number.isInteger(top / each)) ?? 1;
  return { top, lines: Array.from({ length: parts + 1 }, (_, index) => (top / parts) * index) };
}

/** How high a bar is, of `height`. What is not nothing is seen, however little it is. */
export function barHeight(value: number, top: number, height: number): number {
  if (value <= 0) return 0;
  return Math.max(2, (value / top) * height);
}
