import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { createAuthOptions } from "#accounts/auth-options.ts";
import { accountsProcess } from "#accounts/context.ts";

type RouteContext = { params: Promise<{ nextauth: string[] }> };

function handle(request: NextRequest, context: RouteContext): Promise<Response> {
  return NextAuth(request, context, createAuthOptions(accountsProcess.get()));
}

export { handle as GET, handle as POST };
