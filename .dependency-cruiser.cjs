// Which folder may know which: the arrows of the architecture, enforced by the test command.
const only = (name, comment, to, allowed) => ({
  name,
  comment,
  severity: 'error',
  from: { path: '^src/', pathNot: allowed },
  to: { path: to },
})

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'core-knows-nobody',
      severity: 'error',
      from: { path: '^src/core/' },
      to: { path: '^src/(?!core/)' },
    },
    {
      name: 'lake-knows-core',
      severity: 'error',
      from: { path: '^src/lake/' },
      to: { path: '^src/(?!core/|lake/)' },
    },
    {
      name: 'intake-and-detection-know-core-and-lake',
      severity: 'error',
      from: { path: '^src/(intake|detection)/', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/(?!core/|lake/|intake/|detection/)' },
    },
    {
      name: 'intake-not-detection',
      severity: 'error',
      from: { path: '^src/intake/' },
      to: { path: '^src/detection/' },
    },
    {
      name: 'evaluation-measures-detection',
      comment:
        'Of the simulation it knows the seeded chance alone. Nothing that detects may know it, nor what it knows.',
      severity: 'error',
      from: { path: '^src/evaluation/', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/(?!core/|lake/|intake/|detection/|evaluation/|simulate/random\\.ts$)' },
    },
    {
      name: 'access-knows-core',
      severity: 'error',
      from: { path: '^src/access/' },
      to: { path: '^src/(?!core/|access/|casework-store/)' },
    },
    {
      name: 'audit-knows-access',
      severity: 'error',
      from: { path: '^src/audit/' },
      to: { path: '^src/(?!core/|access/|audit/|casework-store/|sealed-log/)', pathNot: '^src/log-check/' },
    },
    {
      name: 'sealed-log-knows-core',
      severity: 'error',
      from: { path: '^src/sealed-log/', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/(?!core/|sealed-log/)' },
    },
    {
      name: 'the-check-of-the-log-knows-nobody',
      comment: 'It shares no code with what writes the log, so that a mistake in one shows in the other.',
      severity: 'error',
      from: { path: '^src/log-check/', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/(?!core/|log-check/)' },
    },
    {
      name: 'a-witness-knows-the-check-alone',
      severity: 'error',
      from: { path: '^src/witness/', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/(?!core/|log-check/|witness/)' },
    },
    {
      name: 'nobody-who-writes-the-log-knows-its-check',
      severity: 'error',
      from: { path: '^src/(audit|sealed-log)/', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/log-check/' },
    },
    {
      name: 'retention-knows-both-stores',
      severity: 'error',
      from: { path: '^src/retention/' },
      to: { path: '^src/(?!core/|access/|audit/|casework-store/|lake/|intake/|retention/)' },
    },
    {
      name: 'backup-knows-the-log',
      severity: 'error',
      from: { path: '^src/backup/', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/(?!core/|access/|audit/|casework-store/|backup/)' },
    },
    {
      name: 'concerns-know-no-detection',
      comment: 'src/jobs is the only bridge from detection to concerns.',
      severity: 'error',
      from: { path: '^src/concerns/' },
      to: { path: '^src/(detection|intake|lake|web|ui|jobs|cli)/' },
    },
    {
      name: 'nobody-imports-web',
      severity: 'error',
      from: { path: '^src/(?!web/|cli/)' },
      to: { path: '^src/web/' },
    },
    {
      name: 'nobody-imports-cli',
      severity: 'error',
      from: { path: '^src/(?!cli/)' },
      to: { path: '^src/cli/' },
    },
    {
      name: 'one-web-feature-never-imports-another',
      severity: 'error',
      from: { path: '^src/web/features/([^/]+)/' },
      to: { path: '^src/web/features/', pathNot: '^src/web/features/$1/' },
    },
    only('only-lake-knows-clickhouse', '', 'node_modules/(chdb|@clickhouse)', '^src/lake/'),
    only(
      'only-stores-know-kysely',
      '',
      'node_modules/(kysely|pg|@electric-sql)/',
      '(store\\.ts|^src/casework-store/|^src/access/sign-in)',
    ),
    only('only-web-knows-fastify', '', 'node_modules/(fastify|@fastify|nunjucks)/', '^src/(web|portal|ui)/'),
    only('only-ui-knows-pdfkit', '', 'node_modules/pdfkit/', '^src/ui/'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
}
