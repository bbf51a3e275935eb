import "../cyber/reached.ts";
