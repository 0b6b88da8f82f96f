/** Who may import whom (ARCHITECTURE.md). Checked by `npm run check`. */
const DOMAINS = [
  'workspaces',
  'contacts',
  'suppressions',
  'cleaning',
  'segments',
  'templates',
  'senders',
  'campaigns',
  'delivery',
  'messages',
  'forms',
  'archive',
  'hygiene',
  'feedback',
  'replies',
  'review',
  'reporting',
  'demo',
  'system',
];

/** A package that only one place may import; tests and benchmarks may, to compare the product with it. */
const door = (name, pattern, place) => ({
  name: `one-door-${name}`,
  severity: 'error',
  comment: `${name} is imported in ${place} only`,
  from: { pathNot: [`^${place}`, '\\.spec\\.ts$', '^test/', '^scripts/bench/'] },
  to: { path: pattern },
});

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'contracts-import-nothing-of-ours',
      severity: 'error',
      from: { path: '^libs/contracts' },
      to: { path: '^(libs/(engine|platform|domain)|apps)' },
    },
    {
      name: 'engine-is-pure',
      severity: 'error',
      from: { path: '^libs/engine', pathNot: '\\.spec\\.ts$' },
      to: { path: '^(libs/(platform|domain)|apps|node_modules/(@nestjs|typeorm|pg|bullmq|nodemailer)/)' },
    },
    {
      name: 'platform-knows-no-domain',
      severity: 'error',
      from: { path: '^libs/platform' },
      to: { path: '^(libs/domain|apps)' },
    },
    {
      name: 'platform-knows-no-engine',
      severity: 'error',
      from: { path: '^libs/platform', pathNot: '\\.spec\\.ts$' },
      to: { path: '^libs/engine' },
    },
    { name: 'no-lib-knows-an-app', severity: 'error', from: { path: '^libs' }, to: { path: '^apps' } },
    {
      name: 'apps-never-import-each-other',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'sandbox-imports-no-domain',
      severity: 'error',
      comment: 'nor an engine that judges mail: who plays the receivers shares only their table',
      from: { path: '^apps/sandbox', pathNot: '\\.spec\\.ts$' },
      to: { path: '^libs/(domain|engine)', pathNot: '^libs/engine/simulated-providers/' },
    },
    {
      name: 'admin-runs-in-a-browser',
      severity: 'error',
      comment: 'it shares contracts and pure engines with the server, and asks for all else over the API',
      from: { path: '^apps/admin' },
      to: { path: '^libs/(platform|domain)' },
    },
    {
      name: 'libs-by-their-front-door',
      severity: 'error',
      comment: 'from another lib only its src/index.ts',
      from: { path: '^libs/([^/]+)/([^/]+)/' },
      to: { path: '^libs/[^/]+/[^/]+/src/', pathNot: ['^libs/$1/$2/', '^libs/contracts/', '/src/index\\.ts$'] },
    },
    {
      name: 'apps-by-the-front-door',
      severity: 'error',
      from: { path: '^apps/' },
      to: { path: '^libs/(engine|platform|domain)/[^/]+/src/', pathNot: '/src/index\\.ts$' },
    },
    // Domains import only to their left; calling to the right is a job.
    ...DOMAINS.slice(0, -1).map((domain, index) => ({
      name: `${domain}-imports-to-its-left`,
      severity: 'error',
      from: { path: `^libs/domain/${domain}/`, pathNot: '\\.spec\\.ts$' },
      to: { path: `^libs/domain/(${DOMAINS.slice(index + 1).join('|')})/` },
    })),
    door('nodemailer', 'node_modules/nodemailer/', 'libs/platform/smtp'),
    door('bullmq', 'node_modules/(bullmq|@nestjs/bullmq)/', 'libs/platform/queue'),
    door('handlebars', 'node_modules/handlebars/', 'libs/engine/render'),
    door('imapflow', 'node_modules/imapflow/', 'libs/platform/imap'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
    },
  },
};
