// node .ci/published.js FOLDER: says what is wrong with a published app, a line each. What the sources declare must have
// arrived, what is for one machine must not, and each setting of host.json must be one that the extensions know.
const fs = require("fs");
const path = require("path");

const folder = process.argv[2];
const sources = path.join(__dirname, "..", "functions", "Usage.Functions");
const wrong = [];
const has = name => fs.existsSync(path.join(folder, name));
const json = name => JSON.parse(fs.readFileSync(path.join(folder, name), "utf8").replace(/^\uFEFF/, ""));

for (const name of ["Usage.Functions.dll", "host.json", "worker.config.json", "functions.metadata", "extensions.json", ".azurefunctions/function.deps.json"])
  if (!has(name)) wrong.push(`${name} is missing`);
if (has("local.settings.json")) wrong.push("local.settings.json is for one machine");

const projects = Object.entries(json("Usage.Functions.deps.json").libraries).filter(([, library]) => library.type !== "package").map(([name]) => name.split("/")[0]);
const own = ["Usage.Core", "Usage.Functions", "Usage.Storage"];
if (projects.sort().join() !== own.join()) wrong.push(`found the projects ${projects.join(", ")}, expected ${own.join(", ")}`);

// Functions and their triggers, as attributes in the sources and as the worker's SDK wrote them down.
const code = fs.readdirSync(sources, { recursive: true })
  .filter(file => file.endsWith(".cs") && !/^(bin|obj)[\\/]/.test(file))
  .map(file => fs.readFileSync(path.join(sources, file), "utf8")).join("\n");
const declared = [...code.matchAll(/\[Function\((?:nameof\((\w+)\)|"(\w+)")\)\][^]*?\[(\w+Trigger)\b/g)]
  .map(([, name, text, trigger]) => `${name ?? text} by ${trigger[0].toLowerCase()}${trigger.slice(1)}`);
const found = json("functions.metadata").flatMap(f => f.bindings.filter(b => b.type.endsWith("Trigger")).map(b => `${f.name} by ${b.type}`));
wrong.push(...declared.filter(f => !found.includes(f)).map(f => `${f} is declared and not published`));
wrong.push(...found.filter(f => !declared.includes(f)).map(f => `${f} is published and not declared`));

const extensions = { durableTask: ["DurableTask", "Microsoft.Azure.WebJobs.Extensions.DurableTask.dll"], blobs: ["AzureStorageBlobs", "Microsoft.Azure.WebJobs.Extensions.Storage.Blobs.dll"] };
const loaded = json("extensions.json").extensions.map(extension => extension.name);
const settings = value => Object.entries(value).flatMap(([name, inner]) => [name, ...(typeof inner === "object" ? settings(inner) : [])]);
for (const [section, [name, dll]] of Object.entries(extensions)) {
  if (!loaded.includes(name)) wrong.push(`the host doesn't load the extension ${name}: it has ${loaded.join(", ")}`);
  const binary = fs.readFileSync(path.join(folder, ".azurefunctions", dll), "latin1");
  for (const setting of settings(json("host.json").extensions[section] ?? {}))
    if (!binary.includes(`set_${setting[0].toUpperCase()}${setting.slice(1)}\0`)) wrong.push(`host.json: ${section} has no setting ${setting}`);
}

if (wrong.length > 0) {
  console.error(wrong.join("\n"));
  process.exit(1);
}

console.log(`The published app has its ${found.length} functions, the official packages and nothing of functions/local.`);
