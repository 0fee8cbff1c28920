import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const packaged = (file: string): string =>
  readFileSync(join(dirname(createRequire(import.meta.url).resolve('qr')), file), 'utf8');

/** The camera reads the code and sends what it holds as if it had been pasted. Comfort only, in the demonstration alone. */
const CAMERA = `import { QRCanvas, rearCamera } from './qr-dom.js';
const line = document.getElementById('camera');
const video = document.getElementById('app-video');
async function scan() {
  line.textContent = line.dataset.waiting;
  video.hidden = false;
  try {
    const camera = await rearCamera(video);
    const canvas = new QRCanvas();
    let found;
    while (!found) {
      found = await camera.readFrame(canvas);
      await new Promise(requestAnimationFrame);
    }
    camera.stop();
    const field = document.getElementById('link');
    field.value = found;
    field.form.submit();
  } catch {
    video.hidden = true;
    line.textContent = line.dataset.refused;
  }
}
if (line && navigator.mediaDevices) {
  line.hidden = false;
  document.getElementById('app-camera').addEventListener('click', scan);
}
`;

/** Scripts of the camera by name: ours, and the reader of the package \`qr\`, whose files name each other. */
export const cameraScripts = (): Readonly<Record<string, string>> => ({
  'camera.js': CAMERA,
  'qr-dom.js': packaged('dom.js'),
  'decode.js': packaged('decode.js'),
  'index.js': packaged('index.js'),
});
