import { expect, test } from "vitest";
import { createSpeedMeter } from "./speed.ts";

test("nothing is said before there is something to say", () => {
  const meter = createSpeedMeter();
  meter.record(0, 0);
  meter.record(1_000, 1_000);
  expect(meter.bytesPerSecond()).toBeNull();
});

test("bursts are averaged over half a minute", () => {
  const meter = createSpeedMeter();
  for (let second = 0; second <= 60; second += 1)
    meter.record(Math.floor(second / 5) * 5_000, second * 1_000);
  expect(meter.bytesPerSecond()).toBe(1_000);
});

test("falling back to what the server has starts the measure again", () => {
  const meter = createSpeedMeter();
  for (let second = 0; second <= 10; second += 1) meter.record(second * 1_000, second * 1_000);
  meter.record(500, 11_000);
  expect(meter.bytesPerSecond()).toBeNull();
});
