import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { EnvironmentError, readEnvironment } from "./environment.ts";

function useDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), "bcdi-environment-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

test("with nothing set, everything has a default that works on one machine", () => {
  const environment = readEnvironment({ DATA_DIR: useDirectory() });
  expect(environment).toMatchObject({
    ...{
      PORT: 3000,
      HOST: "127.0.0.1",
      PUBLIC_URL: "http://localhost:3000",
      HOSTING_URL: "http://localhost:3000",
    },
    ...{ SIDES: ["cyber", "hosting"], EMBED_ORIGINS: ["http://localhost:3000"], PROVISIONER: "folder" },
    ...{ UPLOAD_MAX_BYTES: 4 * 1024 ** 3, DELETION_GRACE_MINUTES: 1440, DOWNLOAD_RETENTION_DAYS: 30 },
    ...{ WEBHOOK_URL: "http://localhost:3000/api/cyber/events" },
  });
});

test("secrets that nobody gave are made once, kept, and readable by their owner alone", () => {
  const directory = useDirectory();
  const first = readEnvironment({ DATA_DIR: directory });
  const second = readEnvironment({ DATA_DIR: directory });
  expect(second.PLATFORM_KEY).toBe(first.PLATFORM_KEY);
  expect(second.SECRET_KEY).toBe(first.SECRET_KEY);
  expect(first.PLATFORM_KEY.length).toBeGreaterThanOrEqual(32);
  expect(statSync(join(directory, "secrets.json")).mode & 0o777).toBe(0o600);
  expect(readFileSync(join(directory, "secrets.json"), "utf8")).toContain(first.PLATFORM_KEY);
});

test.each([
  ["PORT", "abc"],
  ["PORT", "0"],
  ["PORT", "70000"],
  ["PUBLIC_URL", "ftp://example.org"],
  ["SIDES", "foo"],
  ["SIDES", ""],
  ["DATABASE_URL", "mysql://localhost/x"],
  ["PLATFORM_KEY", "short"],
  ["EMBED_ORIGINS", "https://example.org/page"],
  ["EMBED_ORIGINS", "example.org"],
  ["WEBHOOK_SECRET", "secret"],
  ["WEBHOOK_URL", "http://partner.example/events"],
  ["WEBHOOK_URL", "http://localhost.example/events"],
  ["WEBHOOK_URL", "https://name:password@partner.example/events"],
  ["SMTP_URL", "http://mail"],
  ["STAFF_EMAILS", "nobody"],
  ["UPLOAD_MAX_BYTES", "-1"],
  ["UPLOAD_MAX_BYTES", "4 GiB"],
  ["DELETION_GRACE_MINUTES", "1.5"],
  ["BCDI_PORT_RANGE", "30000-20000"],
  ["BCDI_CLIENT_SHA256", "abc"],
  ["PROVISIONER", "magic"],
])("a wrong %s (%j) is refused by name, or empty taken as unset", (name, value) => {
  const read = () => readEnvironment({ DATA_DIR: useDirectory(), [name]: value });
  if (value === "") expect(read).not.toThrow();
  else expect(read).toThrow(new RegExp(`^The configuration is wrong:\\n {2}${name} `));
});

test.each([
  "https://partner.example/events",
  "http://localhost:4000/events",
  "http://127.0.0.1:4000/events",
  "http://[::1]:4000/events",
])("events may go to %s", (url) => {
  expect(readEnvironment({ DATA_DIR: useDirectory(), WEBHOOK_URL: url }).WEBHOOK_URL).toBe(url);
});

test("every mistake is told at once", () => {
  const read = () => readEnvironment({ DATA_DIR: useDirectory(), PORT: "abc", SIDES: "foo" });
  expect(read).toThrow(EnvironmentError);
  expect(read).toThrow(/PORT[\s\S]*SIDES/);
});

test("a CYBER alone must know where the API is and with which key", () => {
  expect(() => readEnvironment({ DATA_DIR: useDirectory(), SIDES: "cyber" })).toThrow(
    /HOSTING_URL and PLATFORM_KEY/,
  );
});

test("a command provisioner must have its command", () => {
  expect(() => readEnvironment({ DATA_DIR: useDirectory(), PROVISIONER: "command" })).toThrow(
    /PROVISIONER_COMMAND/,
  );
});
