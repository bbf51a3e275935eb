import type { CSSProperties } from "react";

const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, Arial, sans-serif";

/** Inline, as e-mail programs want it. */
export const STYLES = {
  body: { backgroundColor: "#f3f5f6", fontFamily: FONT, margin: 0, padding: "24px 0" },
  container: {
    backgroundColor: "#ffffff",
    border: "1px solid #dfe4e7",
    borderRadius: "12px",
    maxWidth: "560px",
    padding: "28px",
  },
  eyebrow: { color: "#54646e", fontSize: "13px", margin: "0 0 4px" },
  heading: { color: "#18252d", fontSize: "22px", lineHeight: "1.3", margin: "0 0 16px" },
  text: { color: "#18252d", fontSize: "15px", lineHeight: "1.6", margin: "0 0 14px" },
  list: { margin: "0 0 14px", paddingLeft: "20px" },
  item: { color: "#18252d", fontSize: "15px", lineHeight: "1.6", marginBottom: "6px" },
  button: {
    backgroundColor: "#0b5a73",
    borderRadius: "8px",
    color: "#ffffff",
    display: "inline-block",
    fontSize: "15px",
    fontWeight: 600,
    margin: "6px 0 4px",
    padding: "12px 20px",
  },
  code: {
    color: "#18252d",
    fontFamily: "ui-monospace, Menlo, Consolas, monospace",
    fontSize: "30px",
    fontWeight: 700,
    letterSpacing: "6px",
    margin: "0 0 14px",
  },
  rule: { borderColor: "#dfe4e7", margin: "22px 0 14px" },
  small: { color: "#54646e", fontSize: "12px", lineHeight: "1.6", margin: 0 },
} satisfies Record<string, CSSProperties>;
