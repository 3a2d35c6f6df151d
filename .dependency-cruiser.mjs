/** Who may import whom. A library is imported through its index.ts; channels are known by their contract, never by name. */
const lib = (name) => `^libs/${name}/`;
const own = (pattern) => `^(libs|apps|bench|test)/${pattern}`;

/** `from` may import of our own code only itself and what `to` names. */
function only(name, from, to, extra = {}) {
  return {
    name,
    severity: 'error',
    comment: `${from} may import of our own code only: ${to.join(', ') || 'nothing'}`,
    from: { path: from, ...extra },
    to: { path: own(''), pathNot: [from, ...to] },
  };
}

const SPEC = '(\\.spec\\.ts$|/fixtures/)';

export default {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
    only('kernel-imports-nothing', lib('kernel'), []),
    only('platform-imports-kernel', lib('platform'), [lib('kernel')]),
    only('catalog-imports', lib('catalog'), [lib('(kernel|platform)')]),
    only('contract-imports-kernel', lib('channels/contract'), [lib('kernel')]),
    only('testkit-imports', lib('channels/testkit'), [lib('kernel'), lib('channels/contract'), lib('platform')]),
    only('channel-imports', '^libs/channels/(?!contract/|testkit/)', [lib('kernel'), lib('channels/contract'), lib('platform')], { pathNot: SPEC }),
    only('channel-spec-imports', `^libs/channels/(?!contract/|testkit/).*${SPEC}`, [
      lib('kernel'),
      lib('channels/contract'),
      lib('channels/testkit'),
      lib('platform'),
      '^libs/channels/',
    ]),
    {
      name: 'channels-do-not-know-each-other',
      severity: 'error',
      from: { path: '^libs/channels/(?!contract/|testkit/)([^/]+)/' },
      to: { path: '^libs/channels/(?!contract/|testkit/)([^/]+)/', pathNot: '^libs/channels/$1/' },
    },
    only('listings-imports', lib('listings'), [lib('(kernel|platform|catalog)'), lib('channels/contract')]),
    only('reconcile-imports', lib('reconcile'), [lib('(kernel|platform|catalog|listings)'), lib('channels/contract')]),
    only('demo-imports', lib('demo'), [lib('(kernel|catalog|platform)')]),
    only('sandbox-shares-nothing', '^apps/sandbox/', [lib('(kernel|platform|demo)')]),
    { name: 'libs-do-not-import-apps', severity: 'error', from: { path: '^libs/' }, to: { path: '^(apps|bench|test)/' } },
    { name: 'hub-does-not-import-sandbox', severity: 'error', from: { path: '^apps/hub/' }, to: { path: '^(apps/(sandbox|console)|bench|test)/' } },
    {
      name: 'front-door-only',
      severity: 'error',
      comment: 'A library is imported through its index.ts; medium tests in test/ look behind the door of what they test',
      from: { path: '^(libs/(?:channels/)?[^/]+/|apps/[^/]+/|bench/)' },
      to: { path: '^libs/(?:channels/)?[^/]+/', pathNot: ['^libs/(?:channels/)?[^/]+/index\\.ts$', '^$1'] },
    },
    {
      name: 'axios-behind-the-client',
      severity: 'error',
      from: { path: own(''), pathNot: lib('platform/http') },
      to: { path: '(^|node_modules/)axios(/|$)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|apps/console|node_modules|\\.data|\\.cache)/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    moduleSystems: ['es6', 'cjs', 'tsd'],
    parser: 'tsc',
    enhancedResolveOptions: { conditionNames: ['source', 'import', 'node', 'default', 'types'], exportsFields: ['exports'], mainFields: ['module', 'main', 'types'] },
  },
};
