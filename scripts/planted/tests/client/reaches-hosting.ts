import "../../hosting/jobs/run-step.ts";

export {};
