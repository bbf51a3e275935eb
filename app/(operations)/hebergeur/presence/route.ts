import { NextResponse } from "next/server";
import { findSignedIn } from "#accounts/guards.ts";

/** What an open console asks before it reads itself anew: whether there is someone to answer. */
export async function GET() {
  const identity = await findSignedIn();
  const status = identity === null ? 401 : identity.isOperator ? 204 : 404;
  return new NextResponse(null, { status, headers: { "cache-control": "private, no-store" } });
}
