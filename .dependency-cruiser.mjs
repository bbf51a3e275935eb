// Who may import whom: an allow-list, so that what is not listed is an error. docs/architecture.md has it as a table.
const SIDES = "accounts|app|bench|components|contract|cyber|e2e|hosting|platform|prisma|scripts";
const own = (folder) => ({ from: { path: `^${folder}/` }, to: { path: `^${folder}/` } });
const may = (from, to) => ({ from: { path: from }, to: { path: to } });
const TESTS = "\\.test\\.tsx?$";

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
    ].map(own),
    may("^platform/", "^prisma/generated/"),
    may("^components/", "^contract/"),
    may("^(hosting|cyber|accounts)/", "^(contract|platform)/"),
    may("^(hosting|cyber|accounts)/", "^prisma/generated/"),
    // Pages and routes: never the database.
    may("^app/", "^(app|components|contract|accounts)/"),
    may("^app/", "^platform/(?!database/)"),
    may("^app/", "^(hosting|cyber)/"),
    // What drives the whole of a side in a test opens its database.
    may("^app/api/v1/model/", "^platform/database/"),
    may("^(server|worker)\\.ts$", "^(contract|platform|hosting|cyber|accounts)/"),
    may("^scripts/", "^(platform|contract)/"),
    may("^e2e/", "^(contract|scripts)/"),
    may("^bench/", "^(e2e|contract|scripts|hosting/archive|hosting/estimate)/"),
    may("^(next|vitest|playwright|prisma)\\.config\\.ts$", "^(e2e|platform)/"),
    may(TESTS, "^scripts/make-bases\\.ts$"),
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
