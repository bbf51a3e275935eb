import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, onTestFinished, test } from "vitest";
import { checkArchive } from "#hosting/archive/check.ts";
import {
  expectFailure,
  extractBases,
  mountBases,
  OTHER_BASES,
  readBases,
  THREE_BASES,
} from "#tests/conformance/bases.ts";
import { createCommandInterruption } from "#tests/conformance/command-interruption.ts";
import { describeProvisioner } from "#tests/conformance/conformance.ts";
import { createTarget, type HarnessOptions, type ProvisionerHarness } from "#tests/conformance/harness.ts";
import { choose } from "#tests/deep/depth.ts";
import { createCommandProvisioner } from "./command/command-provisioner.ts";
import { findProcessMark } from "./folder/server/process-mark.ts";
import type { Provisioner, Target } from "./port.ts";

const EXAMPLE = join(import.meta.dirname, "..", "..", "scripts", "provisioner-example.sh");
/** One's own command is put to the same test by this variable: docs/provisioner.md. */
const OWN_COMMAND = process.env.CONFORMANCE_COMMAND;

interface ExampleHarness extends ProvisionerHarness {
  readonly command: string;
}

async function createExample({ portCount = 50 }: HarnessOptions = {}): Promise<ExampleHarness> {
  const directory = await mkdtemp(join(tmpdir(), "provisioner-"));
  const root = join(directory, "servers");
  const ports = `PROVISIONER_FIRST_PORT=20000 PROVISIONER_LAST_PORT=${20000 + portCount - 1}`;
  const command = `PROVISIONER_ROOT='${root}' PROVISIONER_HOST=bcdi.example ${ports} sh '${EXAMPLE}'`;
  const instance = (rne: string, ...path: string[]) => join(root, "instances", rne, ...path);
  const provisioner = createCommandProvisioner({ command, timeoutMs: 60_000 });
  return {
    command,
    provisioner,
    directory,
    readLicence: (rne) => readFile(instance(rne, "bcdiserv.ini"), "latin1"),
    leftovers: [
      {
        operation: "install",
        name: "a half-made server beside its place",
        plant: ({ rne }) => mkdir(instance(`.${rne}.new`, "bases", "data"), { recursive: true }),
      },
      {
        operation: "install",
        name: "a half-made server in its place",
        plant: ({ rne }) => mkdir(instance(rne, "bases", "data"), { recursive: true }),
      },
      {
        operation: "mount",
        name: "bases of another deposit, gathered and not mounted",
        plant: async ({ rne }) => {
          await mkdir(instance(rne, "bases.new", "data"), { recursive: true });
          await mkdir(instance(rne, "bases.new", "perdue"), { recursive: true });
          await writeFile(instance(rne, "bases.new", "data", "STALE.DAT"), "stale");
        },
      },
      {
        operation: "archive",
        name: "the bases moved away, and no others in their place",
        plant: ({ rne }) => rename(instance(rne, "bases"), instance(rne, "bases.old")),
      },
      {
        operation: "mount",
        name: "the former bases beside the new ones",
        plant: ({ rne }) => mkdir(instance(rne, "bases.old", "data"), { recursive: true }),
      },
      {
        operation: "remove",
        name: "a server moved away and not gone",
        plant: ({ rne }) => mkdir(instance(`.${rne}.old`, "bases"), { recursive: true }),
      },
    ],
    interruption: createCommandInterruption(command, provisioner),
    close: () => rm(directory, { recursive: true, force: true }),
  };
}

/** What it installed is removed afterwards: it may be a real host's. */
async function createOwn(command: string): Promise<ProvisionerHarness> {
  const directory = await mkdtemp(join(tmpdir(), "provisioner-"));
  const real = createCommandProvisioner({ command, timeoutMs: 10 * 60_000 });
  const installed = new Map<string, Target>();
  const provisioner: Provisioner = {
    ...real,
    install: (target) => {
      const { cycle } = installed.get(target.rne) ?? target;
      installed.set(target.rne, { ...target, cycle: Math.max(cycle, target.cycle) });
      return real.install(target);
    },
  };
  return {
    provisioner,
    directory,
    interruption: createCommandInterruption(command, provisioner),
    close: async () => {
      for (const target of installed.values()) await real.remove(target);
      await rm(directory, { recursive: true, force: true });
    },
  };
}

describeProvisioner("scripts/provisioner-example.sh", createExample);
if (OWN_COMMAND)
  describeProvisioner("CONFORMANCE_COMMAND", () => createOwn(OWN_COMMAND), { hasFewPorts: false });

test("the example, killed at any moment, goes on from there", async () => {
  const harness = await createExample();
  onTestFinished(harness.close);
  const target = createTarget();
  for (const timeoutMs of choose([5, 20, 35, 50, 65, 80, 95], 3)) {
    const killed = createCommandProvisioner({ command: harness.command, timeoutMs });
    const ignore = () => null;
    await killed.install(target).catch(ignore);
    await harness.provisioner.install(target);
    for (const bases of [OTHER_BASES, THREE_BASES]) {
      const extracted = await extractBases(harness, bases);
      await killed.mount(target, extracted).catch(ignore);
      await harness.provisioner.mount(target, extracted);
      await killed.archive(target, harness.directory).catch(ignore);
      expect(await readBases(harness, target)).toEqual(bases);
    }
    await killed.remove(target).catch(ignore);
    await harness.provisioner.remove(target);
    expect(await readBases(harness, target)).toEqual({});
  }
});

test("the example archives a base whose name looks like an option", async () => {
  const harness = await createExample();
  onTestFinished(harness.close);
  const target = createTarget();
  await mountBases(harness, target, { "-data": OTHER_BASES.data ?? {} });
  const [archive] = await harness.provisioner.archive(target, join(harness.directory, "archives"));
  expect(archive?.name).toBe("-data");
  const { files } = await checkArchive({ archivePath: archive?.path ?? "" });
  expect(files).toMatchObject([{ path: "NOTICES.DAT" }]);
});

test("the example says at once that iconv is missing, instead of writing an empty bcdiserv.ini", async () => {
  const harness = await createExample();
  onTestFinished(harness.close);
  const bin = join(harness.directory, "bin");
  await mkdir(bin);
  for (const tool of EXAMPLE_TOOLS) await linkProgram(tool, bin);
  const provisionerWithout = (missing: string) => {
    const command = `export PATH='${bin}'; rm -f '${bin}/${missing}'; ${harness.command}`;
    return createCommandProvisioner({ command, timeoutMs: 60_000 });
  };
  await provisionerWithout("none").install(createTarget());
  const attempt = provisionerWithout("iconv").install(createTarget());
  await expectFailure(attempt, { isTransient: false, says: /not installed here: iconv/ });
});

/** What the example may use on a machine, besides the shell's own commands. */
const EXAMPLE_TOOLS = [
  ...["awk", "cat", "cut", "flock", "grep", "head", "iconv", "jq", "ln", "mkdir", "mv", "node", "python3"],
  ...["rm", "sed", "sh", "sha256sum", "shasum", "sync", "uname", "wc", "zip"],
];

async function linkProgram(name: string, directory: string): Promise<void> {
  const find = promisify(execFile)("sh", ["-c", 'command -v "$1"', "sh", name]);
  const path = await find.then(
    ({ stdout }) => stdout.trim(),
    () => null,
  );
  if (path) await symlink(path, join(directory, name));
}

describe("what a command ends with", () => {
  const run = (command: string, timeoutMs = 20_000) => createCommandProvisioner({ command, timeoutMs });
  const target = createTarget();

  test.each([
    ["exit 75", "echo later >&2; exit 75", true, /later/],
    ["exit 1", "echo broken >&2; exit 1", false, /broken/],
    ["a command that does not exist", "/nonexistent/program", false, /127/],
    ["a signal", "kill -KILL $$", true, /SIGKILL/],
  ])("%s is told apart, and its last words are kept", async (_what, command, isTransient, says) => {
    await expectFailure(run(command).install(target), { isTransient, says });
  });

  test("one that does not end is ended with its children, and tried again", async () => {
    const hanging = run("sleep 1000 & sleep 1000", 300);
    await expectFailure(hanging.install(target), { isTransient: true, says: /no end after 300 ms/ });
  });

  test.each([
    ["well", "exit 0", null],
    ["badly", "exit 1", { isTransient: false }],
    ["by a signal", "kill -KILL $$", { isTransient: true }],
  ])(
    "one that ends %s is ended with all that it left in its group, and with nothing else",
    async (...how) => {
      const [, ending, failure] = how;
      const directory = await mkdtemp(join(tmpdir(), "left-"));
      onTestFinished(() => rm(directory, { recursive: true, force: true }));
      const leave = (name: string, prefix: string) =>
        `${prefix} sh -c 'echo $$ > ${directory}/${name}.new; mv ${directory}/${name}.new ${directory}/${name}; exec sleep 1000' >/dev/null 2>&1 &`;
      const bothStand = `until [ -e ${directory}/left ] && [ -e ${directory}/server ]; do :; done`;
      const command = [leave("left", ""), leave("server", "setsid"), bothStand, ending].join("\n");
      const attempt = run(command).install(target);
      await (failure ? expectFailure(attempt, failure) : attempt);
      const pidOf = async (name: string) => Number(await readFile(join(directory, name), "utf8"));
      const server = await pidOf("server");
      onTestFinished(() => void process.kill(server, "SIGKILL"));
      await expect.poll(async () => findProcessMark(await pidOf("left"))).toBeNull();
      expect(await findProcessMark(server)).not.toBeNull();
    },
  );

  test("something that left its group does not hold it up, though it keeps its outputs open", async () => {
    const marker = join(await mkdtemp(join(tmpdir(), "left-")), "stop");
    onTestFinished(() => writeFile(marker, ""));
    await run(`setsid sh -c "until [ -e '${marker}' ]; do sleep 0.1; done" & exit 0`).install(target);
  });

  test.each([
    ["no JSON", "echo done"],
    ["no port", `echo '{"host":"h","serverName":"s","serverVersion":"1","bases":[]}'`],
    ["nothing", ":"],
  ])("an answer to open with %s is a failure for good", async (_what, command) => {
    await expectFailure(run(command).open(target), { isTransient: false, says: /not as agreed/ });
  });

  test.each([
    ["a relative path", `{"name":"data","path":"data.zip","sizeBytes":1,"sha256":"${"0".repeat(64)}"}`],
    [
      "a name that leaves its folder",
      `{"name":"../x","path":"/x.zip","sizeBytes":1,"sha256":"${"0".repeat(64)}"}`,
    ],
    ["no digest", `{"name":"data","path":"/x.zip","sizeBytes":1,"sha256":""}`],
  ])("an archive with %s is a failure for good", async (_what, archive) => {
    const promise = run(`echo '{"archives":[${archive}]}'`).archive(target, "/tmp");
    await expectFailure(promise, { isTransient: false, says: /not as agreed/ });
  });

  test("the operation is read on standard input, and what is said besides reaches the journal", async () => {
    const said: string[] = [];
    const altered = { ...target, griffe: "L’école d’Œuvre" };
    await run("cat >&2").alter(altered, (output) => said.push(output));
    expect(said.map((text) => JSON.parse(text))).toEqual([{ operation: "alter", target: altered }]);
  });

  test("this deployment's secrets are not handed on", async () => {
    process.env.SECRET_KEY = "not for the command";
    onTestFinished(() => {
      delete process.env.SECRET_KEY;
    });
    const said: string[] = [];
    await run("env >&2").alter(target, (output) => said.push(output));
    expect(said.join()).toContain("PATH=");
    expect(said.join()).not.toContain("not for the command");
  });
});
