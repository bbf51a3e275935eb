import "../tests/client/reaches-hosting.ts";
