const { existsSync, readFileSync } = require('node:fs');
const { dirname, isAbsolute, join, resolve } = require('node:path');
const { fileURLToPath, pathToFileURL } = require('node:url');
const { SourceTextModule, SyntheticModule } = require('node:vm');

const TRANSFORM = { isInternalModule: false, supportsDynamicImport: true, supportsExportNamespaceFrom: true, supportsStaticESM: true, supportsTopLevelAwait: true };

/** Packages and Node's own modules, which all suites of a process share: a promise of a module by what imports call it. */
const shared = new Map();

/** TypeScript imports name the JavaScript that a build would make of them. */
function sourceOf(file) {
  if (file.endsWith('.ts')) return file;
  const source = file.replace(/\.js$/, '.ts');
  return source !== file && existsSync(source) ? source : undefined;
}

async function importShared(name) {
  const exports = await import(name);
  const names = Object.keys(exports);
  const module = new SyntheticModule(names, () => names.forEach((each) => module.setExport(each, exports[each])), { identifier: name });
  await module.link(() => undefined);
  await module.evaluate();
  return module;
}

function sharedModule(name) {
  let module = shared.get(name);
  if (module === undefined) shared.set(name, (module = importShared(name)));
  return module;
}

/**
 * The modules of one suite. Sources are made anew for each suite, so that nothing one suite leaves behind in our own code reaches
 * the next; packages are Node's own instances, loaded once a process: making them anew took most of a suite's time.
 */
class SuiteModules {
  #sources = new Map();
  #root;
  #doors;
  #read;
  #globals;

  /** `root` is the folder of package.json; `read` answers a source file as JavaScript; `globals` what `@jest/globals` offers. */
  constructor(root, read, globals) {
    this.#root = root;
    this.#doors = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).imports;
    this.#read = read;
    this.#globals = globals;
  }

  /** Evaluates a file and everything it imports; answers its namespace. Rejects with what its evaluation threw. */
  async import(path) {
    return (await this.#evaluated(this.#source(path))).namespace;
  }

  forget() {
    this.#sources.clear();
  }

  async #evaluated(module) {
    if (module.status === 'unlinked') await module.link((specifier, importer) => this.#imported(specifier, importer.identifier));
    await module.evaluate();
    return module;
  }

  #imported(specifier, importer) {
    if (specifier === '@jest/globals') return this.#jest();
    const file = this.#fileOf(specifier, importer);
    const source = file && sourceOf(file);
    if (source) return this.#source(source);
    return sharedModule(file ? pathToFileURL(file).href : specifier).catch((error) => {
      throw new Error(`${importer} cannot import "${specifier}": ${error.message}`, { cause: error });
    });
  }

  /** The file that an import names, or undefined for a package or a module of Node. */
  #fileOf(specifier, importer) {
    if (specifier.startsWith('#')) return this.#behindDoor(specifier);
    if (specifier.startsWith('file:')) return fileURLToPath(specifier);
    if (isAbsolute(specifier)) return specifier;
    if (specifier.startsWith('./') || specifier.startsWith('../')) return resolve(dirname(importer), specifier);
    return undefined;
  }

  /** The source behind `#name`, as package.json says; a star stands for one name. */
  #behindDoor(specifier) {
    for (const [door, { source }] of Object.entries(this.#doors)) {
      const [start, end] = door.split('*');
      if (end === undefined ? specifier === start : specifier.startsWith(start)) return join(this.#root, source.replace('*', specifier.slice(start.length)));
    }
    throw new Error(`"${specifier}" is none of the "imports" of package.json: ${Object.keys(this.#doors).join(', ')}`);
  }

  #jest() {
    let module = this.#sources.get('@jest/globals');
    if (module === undefined) {
      const globals = this.#globals();
      module = new SyntheticModule(Object.keys(globals), () => Object.entries(globals).forEach(([name, value]) => module.setExport(name, value)), { identifier: '@jest/globals' });
      this.#sources.set('@jest/globals', module);
    }
    return module;
  }

  #source(path) {
    let module = this.#sources.get(path);
    if (module !== undefined) return module;
    const code = this.#read(path, TRANSFORM);
    const url = pathToFileURL(path).href;
    module = new SourceTextModule(code, {
      identifier: path,
      initializeImportMeta: (meta) => Object.assign(meta, { url, filename: path, dirname: dirname(path) }),
      importModuleDynamically: async (specifier, importer) => this.#evaluated(await this.#imported(specifier, importer.identifier)),
    });
    this.#sources.set(path, module);
    return module;
  }
}

module.exports = { SuiteModules };
