import { describe, expect, test } from "vitest";
import { type FixtureEntry, unixMode } from "#tests/archives/build-zip.ts";
import { tryEntries } from "#tests/hosting/try-archive.ts";

async function expectRefused(entries: FixtureEntry[], code: string): Promise<void> {
  const outcome = await tryEntries(entries);
  expect(outcome.code).toBe(code);
  expect(outcome.left).toEqual([]);
}

describe("a name that could leave the folder or harm a system is refused", () => {
  test.each([
    ["parent folder", "../evil.DAT"],
    ["parent folder inside", "data/../../evil.DAT"],
    ["parent folder at the end", "data/.."],
    ["parent folder through backslashes", "..\\evil.DAT"],
    ["slashes and backslashes", "data/..\\..\\evil.DAT"],
    ["current folder", "./data/A.DAT"],
    ["absolute path", "/etc/passwd"],
    ["absolute Windows path", "\\Windows\\win.ini"],
    ["network path", "\\\\server\\share\\A.DAT"],
    ["drive letter", "C:/A.DAT"],
    ["drive letter without a slash", "c:A.DAT"],
    ["alternate data stream", "data/A.DAT:hidden"],
    ["wildcard", "data/*.DAT"],
    ["NUL byte", "data/A.DAT\0.txt"],
    ["line break", "data/A\n.DAT"],
    ["C1 control character", "data/A\u0085.DAT"],
    ["empty part", "data//A.DAT"],
    ["only a slash", "/"],
    ["empty name", ""],
    ["trailing dot", "data/A.DAT."],
    ["trailing space", "data/A.DAT "],
    ["folder with a trailing space", "data /A.DAT"],
    ["reserved name", "data/CON"],
    ["reserved name with an extension", "data/nul.DAT"],
    ["reserved name of a folder", "data/Com1/A.DAT"],
    ["reserved name with a superscript", "data/LPT².txt"],
    ["too deep", `data/${"a/".repeat(40)}A.DAT`],
    ["too long a part", `data/${"a".repeat(256)}`],
    [
      "too long a path",
      `data/${"abcdefghijklmnop/".repeat(30)}${"a".repeat(250)}${"/b".repeat(1)}${"c".repeat(254)}`,
    ],
  ])("%s", async (_label, name) => {
    await expectRefused([{ name, content: "x" }], "unsafe_entry");
  });

  test("a name that would pass for another in the sentence shown to the school", async () => {
    const outcome = await tryEntries([{ name: "data/\u202eTAD.exe:", content: "x" }]);
    expect(outcome.code).toBe("unsafe_entry");
    expect(outcome.detail).toContain("TAD.exe:");
    expect(outcome.detail).not.toContain("\u202e");
  });
});

describe("two entries for one place are refused", () => {
  test.each([
    ["the same name", ["data/A.DAT", "data/A.DAT"]],
    ["another case", ["data/A.DAT", "data/a.dat"]],
    ["another case of an accented letter", ["data/É.DAT", "data/é.dat"]],
    ["another composition", ["data/\u00e9.DAT", "data/e\u0301.DAT"]],
    ["another case of their folder", ["data/IMAGES/A.DAT", "data/images/B.DAT"]],
    ["a file that is also a folder", ["data/A", "data/A/B.DAT"]],
    ["a folder that is also a file", ["data/A/B.DAT", "data/A"]],
    ["a folder listed twice", ["data/A/", "data/A/"]],
  ])("%s", async (_label, names) => {
    await expectRefused(
      names.map((name) => ({ name })),
      "unsafe_entry",
    );
  });
});

describe("an entry that is not a plain file or folder is refused", () => {
  test.each([
    ["symbolic link", { externalAttributes: unixMode(0o120777), content: "/etc/passwd" }, "unsafe_entry"],
    [
      "symbolic link of another system",
      { externalAttributes: unixMode(0o120777), versionMadeBy: 0 },
      "unsafe_entry",
    ],
    ["character device", { externalAttributes: unixMode(0o020666) }, "unsafe_entry"],
    ["block device", { externalAttributes: unixMode(0o060666) }, "unsafe_entry"],
    ["named pipe", { externalAttributes: unixMode(0o010666) }, "unsafe_entry"],
    ["socket", { externalAttributes: unixMode(0o140666) }, "unsafe_entry"],
    ["folder named as a file", { externalAttributes: unixMode(0o040755) }, "unsafe_entry"],
    ["encryption", { flags: 0x1 }, "encrypted"],
    ["strong encryption", { flags: 0x41 }, "encrypted"],
    ["masked headers", { flags: 0x2000 }, "encrypted"],
    ["AES", { method: 99 }, "encrypted"],
    ["another compression method", { method: 12 }, "not_an_archive"],
  ])("%s", async (_label, entry, code) => {
    await expectRefused([{ name: "data/A.DAT", ...entry }], code);
  });

  test("folder with data", async () => {
    await expectRefused([{ name: "data/A/", content: "x", method: 8 }], "unsafe_entry");
  });
});
