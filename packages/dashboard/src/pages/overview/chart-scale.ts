/** The measures of the chart. */

const ABOUT_LINES = 4;

/** The axis: lines at numbers that are easy to read, the last one not below the highest value. */
export function axisOf(highest: number): { top: number; lines: number[] } {
  const wanted = Math.max(highest, 1) / ABOUT_LINES;
  const power = 10 ** Math.floor(Math.log10(wanted));
  const nice = [1, 2, 5, 10].map((step) => step * power).find((each) => each >= wanted) ?? wanted;
  // Messages come whole: no line stands at a half.
  const step = Math.max(1, nice);
  const count = Math.max(1, Math.ceil(highest / step));
  return { top: step * count, lines: Array.from({ length: count + 1 }, (_, index) => step * index) };
}

/** How high a bar is, of `height`. What is not nothing is seen, however little it is. */
export function barHeight(value: number, top: number, height: number): number {
  if (value <= 0) return 0;
  return Math.max(2, (value / top) * height);
}
