"use client";

import { Printer } from "lucide-react";
import { Button } from "./button.tsx";

export function PrintButton({ children }: { children: string }) {
  return (
    <Button variant="outline" className="print:hidden" onClick={() => window.print()}>
      <Printer aria-hidden="true" />
      {children}
    </Button>
  );
}
