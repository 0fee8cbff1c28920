const { ModuleMocker } = require('jest-mock');

const FRAMES = 20;

/** One for the worker, as the modules are: at the end of a file Jest restores what it has spied on. */
const mocker = new ModuleMocker(globalThis);

/** The process itself, and what a test file may have changed of it put back. */
class ProcessEnvironment {
  global = globalThis;
  moduleMocker = mocker;
  found = { console: globalThis.console, exit: process.exit, env: { ...process.env } };

  getVmContext() {
    return null;
  }

  /** Where an error was thrown is read from Node's source maps: Jest's own formatter has none. */
  async setup() {
    process.setSourceMapsEnabled(true);
    delete Error.prepareStackTrace;
    Error.stackTraceLimit = FRAMES;
  }

  async teardown() {
    globalThis.console = this.found.console;
    process.exit = this.found.exit;
    for (const name of Object.keys(process.env)) delete process.env[name];
    Object.assign(process.env, this.found.env);
    // The tests of the file, and all that they hold.
    for (const symbol of Object.getOwnPropertySymbols(globalThis))
      if (symbol.description === 'JEST_STATE_SYMBOL') delete globalThis[symbol];
  }
}

module.exports = ProcessEnvironment;
module.exports.mocker = mocker;
