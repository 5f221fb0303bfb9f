// Checks Kubernetes manifests against the types and the schemas of their kinds, unknown fields included.
// Usage: manifests.mjs MODELS FILE...; MODELS is where this folder's packages are installed.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript";
import { parseAllDocuments } from "yaml";

const [home, ...files] = process.argv.slice(2);
const PACKAGES = {
  "gateway.networking.k8s.io": "@kubernetes-models/gateway-api",
  "keda.sh": "@kubernetes-models/keda",
  "monitoring.coreos.com": "@kubernetes-models/prometheus-operator",
};

const manifests = files.flatMap((file) => parseAllDocuments(readFileSync(file, "utf8")).map((document) => document.toJS()));

function model({ apiVersion, kind }) {
  const name = `${PACKAGES[apiVersion.split("/")[0]] ?? "kubernetes-models"}/${apiVersion}/${kind}`;
  return existsSync(join(home, "node_modules", `${name}.js`)) ? name : undefined;
}

const describe = (manifest) => `${manifest.kind} ${manifest.metadata?.name}`;
const known = manifests.filter(model);
const skipped = manifests.filter((manifest) => !model(manifest));

/** What the schema refuses: missing fields, wrong values. */
async function refused(manifest) {
  const path = pathToFileURL(join(home, "node_modules", `${model(manifest)}.js`)).href;
  const { [manifest.kind]: Kind } = await import(path);
  try {
    new Kind(manifest).validate();
    return [];
  } catch (error) {
    return [`${describe(manifest)}: ${error.message}`];
  }
}

/** What the types do not know: a literal must not have fields that its interface lacks. */
function mistyped() {
  const file = join(home, "manifests.ts");
  const source = known
    .map((manifest, index) => {
      const type = `import("${model(manifest)}").I${manifest.kind}`;
      return `export const manifest${index}: ${type} = ${JSON.stringify(manifest)};`;
    })
    .join("\n");
  const options = {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    noEmit: true,
    skipLibCheck: true,
    strict: true,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile;
  host.getSourceFile = (name, ...rest) =>
    name === file ? ts.createSourceFile(name, source, ts.ScriptTarget.ES2022) : read(name, ...rest);
  return ts.getPreEmitDiagnostics(ts.createProgram([file], options, host)).map((diagnostic) => {
    const line = diagnostic.file?.getLineAndCharacterOfPosition(diagnostic.start).line ?? 0;
    return `${describe(known[line])}: ${ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n  ")}`;
  });
}

const errors = [...(await Promise.all(known.map(refused))).flat(), ...mistyped()];
errors.forEach((error) => console.error(error));
console.log(`${known.length} manifests checked, ${errors.length} errors`);
for (const manifest of skipped) {
  console.log(`Skipped: ${describe(manifest)} (no schema of ${manifest.apiVersion} is to be had)`);
}
process.exitCode = errors.length > 0 ? 1 : 0;
