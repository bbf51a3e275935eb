"use client";

import { LogOut } from "lucide-react";
import { signOut } from "next-auth/react";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";

export function SignOutButton() {
  const [isLeaving, setIsLeaving] = useState(false);
  const leave = async () => {
    setIsLeaving(true);
    await signOut({ redirect: false }).catch(() => {});
    // A whole load: nothing of the session stays in memory.
    window.location.assign("/connexion");
  };
  return (
    <Button variant="ghost" size="sm" disabled={isLeaving} onClick={leave} aria-label="Se déconnecter">
      <LogOut aria-hidden="true" />
      <span className="max-sm:hidden">Se déconnecter</span>
    </Button>
  );
}
