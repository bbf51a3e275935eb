import { expect, test } from "vitest";
import { canAccess, findIdentity } from "./identity.ts";

const SOURCES = {
  staffEmails: ["staff@cyber.test", "both@cyber.test"],
  operatorEmails: ["operator@hosting.test", "both@cyber.test"],
  listSchoolRnes: async (email: string) => (email === "cdi@zola.test" ? ["0350024L"] : []),
};

async function getIdentity(email: string) {
  const identity = await findIdentity(SOURCES, email);
  if (!identity) throw new Error(`${email} opens nothing`);
  return identity;
}

test("an address may have several roles, or none", async () => {
  expect(await getIdentity("Both@Cyber.test")).toMatchObject({ isStaff: true, isOperator: true, rnes: [] });
  expect(await findIdentity(SOURCES, "nobody@elsewhere.test")).toBeNull();
});

test("the staff sees every school, a school sees its own, the operator none", async () => {
  expect(canAccess(await getIdentity("staff@cyber.test"), "0350025M")).toBe(true);
  const school = await getIdentity("cdi@zola.test");
  expect(canAccess(school, "0350024L")).toBe(true);
  expect(canAccess(school, "0350025M")).toBe(false);
  expect(canAccess(await getIdentity("operator@hosting.test"), "0350024L")).toBe(false);
});
