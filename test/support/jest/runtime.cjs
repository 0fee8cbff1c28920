const { pathToFileURL } = require('node:url');
const Runtime = require('jest-runtime').default;
require('./typescript.mjs');

let file = 0;

/**
 * Loads by Node and not by Jest's module registry, which evaluates the whole service anew for each test file: two thirds
 * of the suite's time went there. Files of one worker therefore share modules, as requests of one process do.
 */
module.exports = class NodeRuntime extends Runtime {
  /** Jest's framework keeps its handlers for good: each file has a new one. */
  requireInternalModule(path) {
    delete require.cache[path];
    delete globalThis[Symbol.for('EVENT_HANDLERS')];
    return require(path);
  }

  unstable_shouldLoadAsEsm() {
    return true;
  }

  async unstable_importModule(path) {
    await import(`${pathToFileURL(path).href}?file=${(file += 1)}`);
  }
};
