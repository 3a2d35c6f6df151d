import tseslint from 'typescript-eslint';

const CHANNEL_IDS = '^(ozon|wildberries|yandex-market|yandex_market|woocommerce|megamarket|aliexpress)$';

const environment = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'The environment is read by libs/platform/config only',
};
const channelIds = {
  selector: `Literal[value=/${CHANNEL_IDS}/]`,
  message: 'The core knows no channel by name; ask the channel contract',
};
const axios = { paths: [{ name: 'axios', message: 'Use createHttpClient of #platform: it bounds bytes, time and addresses' }] };

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', '.data/', '.cache/', 'coverage/', 'apps/console/dist/'] },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.base],
    languageOptions: { parserOptions: { projectService: { allowDefaultProject: [] }, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/ban-ts-comment': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { arguments: false, attributes: false } }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'none' }],
      '@typescript-eslint/consistent-type-assertions': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      'no-console': 'error',
      'no-empty': ['error', { allowEmptyCatch: false }],
      'no-eval': 'error',
      'no-restricted-imports': ['error', axios],
      'no-restricted-syntax': ['error', environment],
      eqeqeq: 'error',
      'prefer-const': 'error',
      'max-lines': ['error', { max: 300, skipComments: true }],
    },
  },
  { files: ['libs/{reconcile,listings,platform,kernel}/**/*.ts'], ignores: ['**/*.spec.ts'], rules: { 'no-restricted-syntax': ['error', environment, channelIds] } },
  { files: ['libs/platform/config/**/*.ts'], rules: { 'no-restricted-syntax': ['error', channelIds] } },
  { files: ['libs/platform/http/**/*.ts'], rules: { 'no-restricted-imports': 'off' } },
  // Tests and command line tools start processes, print their results and look at where they run.
  { files: ['test/**/*.ts', 'bench/**/*.ts'], rules: { 'no-restricted-syntax': 'off', 'no-console': 'off' } },
  { files: ['**/*.spec.ts'], rules: { 'max-lines': 'off' } },
  // Decorated parameters of Nest need the class at run time, and dependency injection passes methods along.
  { files: ['apps/console/**/*.{ts,tsx}'], rules: { 'no-restricted-syntax': 'off' } },
);
