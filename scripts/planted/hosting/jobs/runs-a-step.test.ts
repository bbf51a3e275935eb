import "./run-step.ts";
