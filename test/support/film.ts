import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeQR } from 'qr';

const WIDTH = 640;
const HEIGHT = 480;
const SCALE = 8;
const FRAMES = 2;
const WHITE = 235;
const BLACK = 16;
const NO_COLOUR = 128;

/** What a camera sees that is held before the code of this text: a film without sound (YUV4MPEG2). @returns its file */
export function filmOf(text: string): string {
  const rows = encodeQR(text, 'raw', { border: 4 });
  const left = (WIDTH - rows.length * SCALE) / 2;
  const top = (HEIGHT - rows.length * SCALE) / 2;
  const light = Buffer.alloc(WIDTH * HEIGHT, WHITE);
  for (let y = 0; y < HEIGHT; y += 1)
    for (let x = 0; x < WIDTH; x += 1)
      if (rows[Math.floor((y - top) / SCALE)]?.[Math.floor((x - left) / SCALE)]) light[y * WIDTH + x] = BLACK;
  const frame = Buffer.concat([Buffer.from('FRAME\n'), light, Buffer.alloc((WIDTH * HEIGHT) / 2, NO_COLOUR)]);
  const file = join(mkdtempSync(join(tmpdir(), 'tongxing-film-')), 'code.y4m');
  const head = Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420\n`);
  writeFileSync(file, Buffer.concat([head, ...Array.from({ length: FRAMES }, () => frame)]));
  return file;
}
