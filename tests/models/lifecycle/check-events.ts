import { expect } from "vitest";
import { StateChangedEventSchema } from "#contract/events.ts";
import { StateSchema } from "#contract/states.ts";
import type { Observation } from "./observe.ts";
import { CODES } from "./protocol-table.ts";
import type { School } from "./school.ts";

/** Every step is announced by one event that says just that step, and each event is to be delivered by one job. */
export async function checkEvents({ world: { db }, rne }: School, { history }: Observation): Promise<void> {
  const events = await db.event.findMany({ where: { rne }, orderBy: { createdAt: "asc" } });
  const said = events.map(({ payload }) => StateChangedEventSchema.parse(JSON.parse(payload)));
  expect(said, "exactly one event for each step").toEqual(
    history.map(({ state, at }) => ({
      type: "establishment.state_changed",
      timestamp: at.toISOString(),
      data: { rne, state, stateCode: CODES[StateSchema.parse(state)], since: at.toISOString() },
    })),
  );
  const ids = events.map(({ id }) => id);
  const deliveries = await db.$queryRaw<{ id: string }[]>`
    SELECT data->>'eventId' AS id FROM queue.job
    WHERE name = 'hosting.deliver-event' AND data->>'eventId' = ANY(${ids})`;
  expect(deliveries.map(({ id }) => id).sort(), "one delivery for each event").toEqual([...ids].sort());
}
