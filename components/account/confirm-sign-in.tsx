"use client";

import { useEffect, useRef, useState } from "react";
import { Alert } from "#components/ui/alert.tsx";
import { Button, buttonClass } from "#components/ui/button.tsx";
import { ENTRANCE_MESSAGES, type Entrance, enter } from "./enter.ts";

type Token = { status: "reading" } | { status: "absent" } | { status: "present"; value: string };

/** Where the e-mail's link leads. Only the button uses the link up: mail scanners open links too. */
export function ConfirmSignIn() {
  const [token, setToken] = useState<Token>({ status: "reading" });
  const [entrance, setEntrance] = useState<Entrance | null>(null);
  const [isEntering, setIsEntering] = useState(false);
  const isRead = useRef(false);
  useEffect(() => {
    if (isRead.current) return;
    isRead.current = true;
    const value = new URLSearchParams(window.location.hash.slice(1)).get("token");
    setToken(value ? { status: "present", value } : { status: "absent" });
    // Out of the address, so that neither history nor a screenshot keeps it.
    window.history.replaceState(null, "", window.location.pathname);
  }, []);
  const confirm = async () => {
    if (token.status !== "present") return;
    setIsEntering(true);
    const outcome = await enter({ token: token.value });
    if (outcome === "entered") return window.location.assign("/");
    setEntrance(outcome);
    setIsEntering(false);
  };
  const isOver = token.status === "absent" || entrance === "refused";
  return (
    <div className="flex flex-col gap-4">
      {isOver || entrance === "unreachable" ? (
        <Alert tone="danger" role="alert">
          {token.status === "absent"
            ? "Ce lien est incomplet. Ouvrez-le depuis le message reçu, ou demandez-en un autre."
            : ENTRANCE_MESSAGES[entrance === "unreachable" ? "unreachable" : "refused"]}
        </Alert>
      ) : (
        <p className="text-muted-foreground">
          Un dernier geste, pour être sûr que c’est bien vous{"\u202f"}: confirmez la connexion sur cet
          appareil.
        </p>
      )}
      {isOver ? (
        <a href="/connexion" className={buttonClass()}>
          Demander un nouveau lien
        </a>
      ) : (
        <Button size="lg" disabled={token.status !== "present" || isEntering} onClick={confirm}>
          {isEntering ? "Connexion…" : "Me connecter"}
        </Button>
      )}
    </div>
  );
}
