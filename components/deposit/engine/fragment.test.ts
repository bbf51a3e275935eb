import { expect, test } from "vitest";
import { findInvitation, findOrigin } from "./fragment.ts";

test("an RNE comes with a key or a token", () => {
  expect(findInvitation("#rne=0350024l&key=abc")).toEqual({
    rne: "0350024L",
    credential: "abc",
    parentOrigin: null,
  });
  expect(findInvitation("#rne=0350024L&token=t%2B1&parent=https%3A%2F%2Fcyber.example%2Fpage")).toEqual({
    rne: "0350024L",
    credential: "t+1",
    parentOrigin: "https://cyber.example",
  });
});

test.each(["", "#", "#rne=0350024L", "#key=abc", "#rne=zola&key=abc", "#rne=0350024L&token="])(
  "without both, there is no invitation: %s",
  (fragment) => {
    expect(findInvitation(fragment)).toBeNull();
  },
);

test("an address without an origin receives no message", () => {
  expect(findOrigin("about:blank")).toBeNull();
  expect(findOrigin("data:text/html,x")).toBeNull();
  expect(findOrigin("pas une adresse")).toBeNull();
  expect(findOrigin("https://cyber.example:8443/x?y")).toBe("https://cyber.example:8443");
});
