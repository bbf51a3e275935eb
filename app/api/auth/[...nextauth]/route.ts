import { NextRequest, NextResponse } from "next/server";
import NextAuth from "next-auth";
import { createAuthOptions } from "#accounts/auth-options.ts";
import { accountsProcess } from "#accounts/context.ts";
import { readBodyText } from "#platform/http/body-text.ts";

const MAX_FORM_BYTES = 64 * 1024;

type RouteContext = { params: Promise<{ nextauth: string[] }> };

export function GET(request: NextRequest, context: RouteContext): Promise<Response> {
  return NextAuth(request, context, createAuthOptions(accountsProcess.get()));
}

export async function POST(request: NextRequest, context: RouteContext): Promise<Response> {
  // The library reads a body of any length.
  const body = await readBodyText(request, MAX_FORM_BYTES);
  if (body === null) return new NextResponse(null, { status: 413 });
  const { url, headers } = request;
  return GET(new NextRequest(url, { method: "POST", headers, body }), context);
}
