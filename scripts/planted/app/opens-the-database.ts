import "../platform/database/opened.ts";
