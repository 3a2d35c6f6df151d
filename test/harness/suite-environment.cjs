const { ModernFakeTimers } = require('@jest/fake-timers');
const { ModuleMocker } = require('jest-mock');

/** Registries that packages keep on the global object: what a suite's classes put there must not be found by the next one's. */
const REGISTRIES = ['typeormMetadataArgsStorage', 'classValidatorMetadataStorage'];

/**
 * The process itself as a suite's world. A context of its own would make every access to a global slow and give packages other
 * classes than the suite (an Error of `pg` would be no Error in it), so that none could be shared. What suites change of the process
 * is put back afterwards.
 */
class SuiteEnvironment {
  global = globalThis;
  moduleMocker = new ModuleMocker(globalThis);
  fakeTimers = null;
  fakeTimersModern;
  #before = { console: globalThis.console, exit: process.exit, env: { ...process.env }, cwd: process.cwd(), symbols: new Set(Object.getOwnPropertySymbols(globalThis)) };

  constructor({ projectConfig }) {
    this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global: globalThis });
  }

  getVmContext() {
    return null;
  }

  exportConditions() {
    return ['node', 'node-addons'];
  }

  async setup() {}

  async teardown() {
    const { console, exit, env, cwd, symbols } = this.#before;
    this.fakeTimersModern.dispose();
    globalThis.console = console;
    process.exit = exit;
    if (process.cwd() !== cwd) process.chdir(cwd);
    for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
    Object.assign(process.env, env);
    for (const name of REGISTRIES) delete globalThis[name];
    for (const symbol of Object.getOwnPropertySymbols(globalThis)) if (!symbols.has(symbol) && symbol.description === 'JEST_STATE_SYMBOL') delete globalThis[symbol];
  }
}

module.exports = SuiteEnvironment;
