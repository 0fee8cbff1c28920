import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Assistant } from '../config/assistants.js';
import { shown } from '../config/footer.js';
import type { Footer } from '../config/footer.js';

const TYPES: Record<string, string> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  png: 'image/png',
  jpg: 'image/jpeg',
  gif: 'image/gif',
};

interface Asset {
  path: string;
  type: string;
  content: Buffer;
}

/** A file under an address that changes with its content, so that it may be kept for a year. */
function asset(file: string, where: URL | string): Asset {
  const content = readFileSync(where);
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 10);
  const [name, extension = ''] = file.split('.');
  return { path: `/assets/${name}.${hash}.${extension}`, type: TYPES[extension] as string, content };
}

const placeOf = (file: string): URL => new URL(`./public/${file}`, import.meta.url);
const own = (file: string): Asset => asset(file, placeOf(file));
const sheet = own('tongxing.css');
const script = own('tongxing.js');
const assistant = own('assistant.js');

/** The driver of a certificate assistant. @throws {Error} when nobody has written it */
function driverOf(id: string): Asset {
  const file = `driver-${id}.js`;
  if (!existsSync(placeOf(file))) throw new Error(`ASSISTANTS: there is no src/web/public/${file}`);
  return own(file);
}

/** Where a page finds its files. */
export interface AssetPaths {
  sheet: string;
  script: string;
  /** What certificate pages load besides: the drivers, then what uses them. */
  assistant: readonly string[];
  /** The footer's pictures, by the name of their file. */
  marks: Readonly<Record<string, string>>;
}

/** Sheet, script, and the pictures that the jurisdiction's footer names. */
export class Assets {
  readonly paths: AssetPaths;
  private readonly all: ReadonlyMap<string, Asset>;

  /** @param directory where the pictures are: beside the jurisdiction files @throws {Error} when an assistant has no driver */
  constructor(
    { officialMark, errorReport }: Footer,
    assistants: readonly Assistant[] = [],
    directory = 'jurisdictions',
  ) {
    const images = [shown(officialMark)?.image, shown(errorReport)?.image].filter((image) => image !== undefined);
    const marks = images.map((image) => [image, asset(image, resolve(directory, image))] as const);
    const drivers = [...new Set(assistants.map(({ driver }) => driver))].map(driverOf);
    const forCertificates = [...drivers, assistant];
    this.paths = {
      sheet: sheet.path,
      script: script.path,
      assistant: forCertificates.map(({ path }) => path),
      marks: Object.fromEntries(marks.map(([image, { path }]) => [image, path])),
    };
    this.all = new Map(
      [sheet, script, ...forCertificates, ...marks.map(([, one]) => one)].map((one) => [one.path, one]),
    );
  }

  /** The file at such an address. */
  at(path: string): Asset | undefined {
    return this.all.get(path);
  }
}
