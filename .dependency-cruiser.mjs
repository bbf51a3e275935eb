// Who may import whom: an allow-list, so that what is not listed is an error. docs/architecture.md has it as a table.
const SIDES = "accounts|app|bench|components|contract|cyber|e2e|hosting|platform|prisma|scripts|tests";
const own = (folder) => ({ from: { path: `^${folder}/` }, to: { path: `^${folder}/` } });
const may = (from, to) => ({ from: { path: from }, to: { path: to } });
const TESTS = "\\.test\\.tsx?$";
/** The rooms of tests/ that see the product from outside only. */
const BLACK_BOX = "^tests/(archives|client|deployment|peers)/";

export default {
  allowed: [
    { from: {}, to: { path: "(^|/)node_modules/" } },
    { from: {}, to: { dependencyTypes: ["core"] } },
    ...[
      "accounts",
      "bench",
      "components",
      "contract",
      "cyber",
      "e2e",
      "hosting",
      "platform",
      "prisma",
      "scripts",
      "tests",
    ].map(own),
    may("^platform/", "^prisma/generated/"),
    may("^components/", "^contract/"),
    may("^(hosting|cyber|accounts)/", "^(contract|platform)/"),
    may("^(hosting|cyber|accounts)/", "^prisma/generated/"),
    // Pages and routes: never the database.
    may("^app/", "^(app|components|contract|accounts)/"),
    may("^app/", "^platform/(?!database/)"),
    may("^app/", "^(hosting|cyber)/"),
    may("^(server|worker)\\.ts$", "^(contract|platform|hosting|cyber|accounts)/"),
    may("^scripts/", "^(platform|contract)/"),
    // What only tests use: a part's own tests take what they need of it, and it may drive any part.
    may(TESTS, "^tests/"),
    may(TESTS, "^scripts/make-bases\\.ts$"),
    may("^tests/", "^(accounts|app|contract|cyber|hosting|platform|prisma|scripts)/"),
    // Black box: what a program of somebody else's could do.
    may("^e2e/", "^(contract|scripts)/"),
    may("^e2e/", BLACK_BOX),
    may("^bench/", "^(contract|scripts|hosting/archive|tests)/"),
    may("^(next|vitest|playwright|prisma)\\.config\\.ts$", "^(tests|platform)/"),
  ],
  allowedSeverity: "error",
  forbidden: [
    {
      name: "no-cycles",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "no-parent-path",
      comment: "Use the alias.",
      severity: "error",
      from: { path: `^(${SIDES})/` },
      to: { path: "^\\.\\./" },
    },
    { name: "sides-are-apart", severity: "error", from: { path: "^hosting/" }, to: { path: "^cyber/" } },
    { name: "sides-are-apart-too", severity: "error", from: { path: "^cyber/" }, to: { path: "^hosting/" } },
    {
      name: "one-side-per-route",
      comment:
        "A file of app/ serves one side: hosting's addresses never reach cyber's code, nor the other way round.",
      severity: "error",
      from: { path: "^app/(api/v1|embed|\\(operations\\))" },
      to: { path: "^cyber/" },
    },
    {
      name: "one-side-per-page",
      severity: "error",
      from: { path: "^app/(api/cyber|\\(backoffice\\))" },
      to: { path: "^hosting/" },
    },
    {
      name: "black-box",
      comment: "What e2e/ takes from tests/ must not bring the product's own code along.",
      severity: "error",
      from: { path: BLACK_BOX },
      to: { path: "^(accounts|app|components|cyber|hosting|platform|prisma)/" },
    },
    {
      name: "no-tests-in-the-product",
      severity: "error",
      from: {
        path: "^(accounts|app|components|contract|cyber|hosting|platform|prisma|scripts)/",
        pathNot: TESTS,
      },
      to: { path: "^tests/" },
    },
    {
      name: "a-test-owns-its-worker",
      comment:
        "Steps are run by the helpers of tests/hosting, which know what is under way: beside a worker that nobody waits for, a test passes or fails by chance.",
      severity: "error",
      from: { path: "^(accounts|app|components|cyber|hosting|platform)/.*\\.test\\.tsx?$" },
      to: { path: "^hosting/jobs/run-step\\.ts$" },
    },
    { name: "no-missing", severity: "error", from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(\\.next|prisma/generated/.+/|next-env)" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
      extensions: [".ts", ".tsx", ".mjs", ".js", ".json"],
    },
  },
};
