import { PrismaPg } from "@prisma/adapter-pg";
import { describe, expect, onTestFinished, test } from "vitest";
import { STATES, type State } from "#contract/states.ts";
import { openDatabase } from "#platform/database/client.ts";
import { PrismaClient } from "#prisma/generated/client.ts";
import { useTestDatabase } from "#tests/database/test-database.ts";
import { listSubscriptions, PAGE_SIZE } from "./list-subscriptions.ts";
import { LIST_RANKS, toSearchText } from "./search-text.ts";

async function useDatabase() {
  const db = openDatabase(await useTestDatabase());
  onTestFinished(() => db.$disconnect());
  return db;
}

function school(rne: string, name: string, state: State, griffe = "GRIFFE") {
  const searchText = toSearchText({ rne, name, griffe });
  const licence = { griffe, code: "ABCDEFGH", version: "CL" };
  return {
    rne,
    name,
    ...licence,
    state,
    searchText,
    listRank: LIST_RANKS[state],
    createdBy: "staff@cyber.test",
  };
}

const EVERYTHING = { search: "", state: null, page: 1, rnes: null } as const;

describe("the list", () => {
  test("puts the schools in trouble first, then goes by name whatever the accents", async () => {
    const db = await useDatabase();
    await db.subscription.createMany({
      data: [
        school("0350001A", "Zola", "BCDIREADY"),
        school("0350002B", "École du Parc", "BCDIREADY"),
        school("0350003C", "Rimbaud", "STARTERROR"),
        school("0350004D", "Abbé Pierre", "BCDIDBWAIT"),
      ],
    });
    const { rows } = await listSubscriptions({ db }, EVERYTHING);
    expect(rows.map((row) => row.name)).toEqual(["Rimbaud", "Abbé Pierre", "École du Parc", "Zola"]);
  });

  test.each(["emile zola", "ÉMILE", "0350001", "griffe-une", "zola emile"])("finds %s", async (search) => {
    const db = await useDatabase();
    await db.subscription.createMany({
      data: [
        school("0350001A", "Lycée Émile Zola", "BCDIREADY", "GRIFFE-UNE"),
        school("0350002B", "Collège des Ormeaux", "BCDIREADY", "AUTRE"),
      ],
    });
    const { rows } = await listSubscriptions({ db }, { ...EVERYTHING, search });
    expect(rows.map((row) => row.rne)).toEqual(["0350001A"]);
  });

  test("a percent sign or an underscore is looked for as it is", async () => {
    const db = await useDatabase();
    await db.subscription.createMany({ data: [school("0350001A", "Zola", "BCDIREADY")] });
    for (const search of ["%", "_", "\\"]) {
      expect((await listSubscriptions({ db }, { ...EVERYTHING, search })).total).toBe(0);
    }
  });

  test("a school's own list holds its own only, in its counts too", async () => {
    const db = await useDatabase();
    await db.subscription.createMany({
      data: [school("0350001A", "Zola", "BCDIREADY"), school("0350002B", "Ormeaux", "BCDIREADY")],
    });
    const list = await listSubscriptions({ db }, { ...EVERYTHING, rnes: ["0350002B"] });
    expect(list.rows.map((row) => row.rne)).toEqual(["0350002B"]);
    expect(list.counts.BCDIREADY).toBe(1);
  });

  test("with 20,000 schools a page is still two queries and fifty rows", async () => {
    const adapter = new PrismaPg({ connectionString: await useTestDatabase({ isNew: true }) });
    const db = new PrismaClient({ adapter, log: [{ emit: "event", level: "query" }] });
    onTestFinished(() => db.$disconnect());
    const data = Array.from({ length: 20_000 }, (_, index) =>
      school(String(index).padStart(8, "0"), `École ${index}`, STATES[index % STATES.length] ?? "START"),
    );
    for (let from = 0; from < data.length; from += 5_000)
      await db.subscription.createMany({ data: data.slice(from, from + 5_000) });
    const queries: string[] = [];
    db.$on("query", (event) => queries.push(event.query));
    const request = { search: "ecole", state: "BCDIREADY", page: 999, rnes: null } as const;
    const last = await listSubscriptions({ db }, request);
    expect(queries).toHaveLength(2);
    expect(last).toMatchObject({ total: 2_000, pageCount: 40, page: 40 });
    expect(last.rows).toHaveLength(PAGE_SIZE);
    expect(Object.values(last.counts)).toEqual(STATES.map(() => 2_000));
  });
});
