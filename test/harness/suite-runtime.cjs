const { default: JestRuntime } = require('jest-runtime');
const { SuiteModules } = require('./suite-modules.cjs');

const HANDLERS = Symbol.for('EVENT_HANDLERS');

/** Loads suites into the process itself instead of a context of their own: see suite-modules.cjs for what is made anew and what is shared. */
class SuiteRuntime extends JestRuntime {
  #modules;

  constructor(config, environment, resolver, transformer, cacheFS, coverage, testPath, globalConfig) {
    super(config, environment, resolver, transformer, cacheFS, coverage, testPath, globalConfig);
    const read = (path, options) => {
      const { code, sourceMapPath } = transformer.transform(path, { ...options, ...coverage });
      if (sourceMapPath) this.getSourceMaps().set(path, sourceMapPath);
      return code;
    };
    this.#modules = new SuiteModules(config.rootDir, read, () => this.requireModuleOrMock(testPath, '@jest/globals'));
  }

  async unstable_importModule(path) {
    return this.#modules.import(path);
  }

  /** Jest's own code is plain Node code. What holds the state of a run is loaded anew for each suite, with no handlers of the one before. */
  requireInternalModule(path) {
    delete globalThis[HANDLERS];
    delete require.cache[path];
    return require(path);
  }

  setMock() {
    throw new Error('Suites replace no modules: pass in what is to be another, or spy on an object');
  }

  setModuleMock() {
    this.setMock();
  }

  /** Jest hands a suite its own copy of `process`; ours have the real one, whose modules are the real ones. */
  installGetBuiltinModule() {}

  teardown() {
    super.teardown();
    this.#modules.forget();
  }
}

module.exports = SuiteRuntime;
