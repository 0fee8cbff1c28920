import { createRequire } from 'node:module';
import { randomInt } from 'node:crypto';
import { createCanvas, Path2D } from '@napi-rs/canvas';
import type { SKRSContext2D } from '@napi-rs/canvas';

/** Only what is read of svg-captcha: its glyphs as SVG paths. */
const svgCaptcha = createRequire(import.meta.url)('svg-captcha') as {
  (text: string, options: { width: number; height: number; fontSize: number; noise: number; color: boolean }): string;
};

const WIDTH = 200;
const HEIGHT = 64;
const PATH = /<path[^>]* d="([^"]+)"/g;
const INK = ['#1f2329', '#083f78', '#7a4a00', '#17643a'];
const GROUND = '#f3f5f8';

const pick = <T>(values: readonly T[]): T => values[randomInt(values.length)] as T;

function scribble(context: SKRSContext2D): void {
  for (let line = 0; line < 3; line += 1) {
    context.strokeStyle = pick(INK);
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(randomInt(20), randomInt(HEIGHT));
    context.bezierCurveTo(
      randomInt(WIDTH),
      randomInt(HEIGHT),
      randomInt(WIDTH),
      randomInt(HEIGHT),
      WIDTH - randomInt(20),
      randomInt(HEIGHT),
    );
    context.stroke();
  }
  for (let dot = 0; dot < 30; dot += 1) {
    context.fillStyle = pick(INK);
    context.fillRect(randomInt(WIDTH), randomInt(HEIGHT), 1 + randomInt(2), 1 + randomInt(2));
  }
}

/** A raster picture of the characters, 200×64 or twice that: no text in it that a program could read off. */
export async function captchaPicture(text: string, large: boolean): Promise<Buffer> {
  const scale = large ? 2 : 1;
  const canvas = createCanvas(WIDTH * scale, HEIGHT * scale);
  const context = canvas.getContext('2d');
  context.scale(scale, scale);
  context.fillStyle = GROUND;
  context.fillRect(0, 0, WIDTH, HEIGHT);
  const svg = svgCaptcha(text, { width: WIDTH, height: HEIGHT, fontSize: 62, noise: 0, color: false });
  for (const [, path] of svg.matchAll(PATH)) {
    const ink = pick(INK);
    context.fillStyle = ink;
    context.strokeStyle = ink;
    context.lineWidth = 2;
    const glyph = new Path2D(path as string);
    // oxlint-disable-next-line unicorn/no-array-fill-with-reference-type -- a canvas, not an array
    context.fill(glyph);
    context.stroke(glyph);
  }
  scribble(context);
  return canvas.encode('png');
}
