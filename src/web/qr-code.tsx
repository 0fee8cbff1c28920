import { encodeQR } from 'qr';

/** White around the code, in modules: readers need it (ISO/IEC 18004). */
const QUIET = 4;
const SIZE = 200;

interface Run {
  x: number;
  y: number;
  width: number;
}

/** Dark modules of one row that stand beside each other. */
function runsOf(row: readonly boolean[], y: number): Run[] {
  const runs: Run[] = [];
  row.forEach((dark, x) => {
    if (!dark) return;
    const last = runs.at(-1);
    if (last && last.x + last.width === x) last.width += 1;
    if (!last || last.x + last.width < x) runs.push({ x, y, width: 1 });
  });
  return runs;
}

/** A text to be scanned, drawn in the page itself: no request, nothing to be kept, and the policy allows it. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const rows = encodeQR(text, 'raw', { border: QUIET });
  const path = rows
    .flatMap((row, y) => runsOf(row, y))
    .map(({ x, y, width }) => `M${x} ${y}h${width}v1h-${width}z`)
    .join('');
  return (
    <svg
      role="img"
      aria-label={label}
      width={SIZE}
      height={SIZE}
      viewBox={`0 0 ${rows.length} ${rows.length}`}
      shape-rendering="crispEdges"
      focusable="false"
    >
      <rect width="100%" height="100%" fill="#ffffff" />
      <path d={path} fill="#1f2329" />
    </svg>
  );
}
