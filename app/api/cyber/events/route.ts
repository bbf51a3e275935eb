import { NextResponse } from "next/server";
import { cyberProcess } from "#cyber/context.ts";
import { type Reception, receiveEvent } from "#cyber/events/receive-event.ts";
import { readBodyText } from "#platform/http/body-text.ts";

const MAX_EVENT_BYTES = 64 * 1024;

// What cannot be of use to us is taken all the same: sending it again would not change that.
const STATUS = { taken: 204, repeated: 204, unknown: 204, refused: 401 } as const satisfies Record<
  Reception,
  number
>;

export async function POST(request: Request) {
  const body = await readBodyText(request, MAX_EVENT_BYTES);
  if (body === null) return new NextResponse(null, { status: 413 });
  const headers = Object.fromEntries(request.headers);
  return new NextResponse(null, {
    status: STATUS[await receiveEvent(cyberProcess.get(), { body, headers })],
  });
}
