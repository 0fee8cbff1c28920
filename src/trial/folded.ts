/** Columns of a terminal that has not been widened. */
const WIDTH = 80;
/** Takes two columns; arrows and quotation marks do in some terminals. */
const WIDE =
  '\\u1100-\\u115f\\u2e80-\\ua4cf\\uac00-\\ud7a3\\uf900-\\ufaff\\ufe30-\\ufe6f\\uff00-\\uff60\\uffe0-\\uffe6→“”…';
const WIDE_ONE = new RegExp(`[${WIDE}]`, 'g');
/** What stays together: spaces, a wide letter with the marks that may not be parted from it, or a word. */
const PIECE = new RegExp(`\\s+|[（《“]*[${WIDE}][，。、；：！？）》”]*|[^\\s${WIDE}]+[，。、；：！？）》”]*`, 'g');

/** In columns. */
export const widthOf = (text: string): number => text.length + (text.match(WIDE_ONE)?.length ?? 0);

/**
 * A line as it fits on a terminal. An address is never broken, however long it is.
 * @param hanging how far the lines after the first stand in
 */
export function folded(line: string, hanging: number): string[] {
  const lines: string[] = [];
  let current = '';
  for (const piece of line.match(PIECE) ?? []) {
    const isFull = widthOf(current + piece) > WIDTH && current.trim() !== '';
    if (isFull) {
      lines.push(current.trimEnd());
      current = ' '.repeat(hanging);
    }
    if (!isFull || piece.trim() !== '') current += piece;
  }
  return [...lines, current.trimEnd()];
}
