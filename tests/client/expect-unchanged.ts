import { expect } from "vitest";
import { callOn, type School } from "./school.ts";

/** Whatever is refused leaves the establishment and its deposit as they were. */
export async function expectUnchanged(school: School, attempt: () => Promise<void>): Promise<void> {
  const read = async () => [
    (await callOn(school, "GET")).text,
    (await callOn(school, "GET", "/deposit")).text,
  ];
  const before = await read();
  await attempt();
  expect(await read()).toEqual(before);
}
