import type { Base } from "#contract/deposit.ts";
import type { EstablishmentView } from "#contract/establishment.ts";
import type { StateChangedEvent } from "#contract/events.ts";
import type { SchemaName } from "./schemas.ts";

const licence = { griffe: "LYCEE EMILE ZOLA", code: "ABCDEFGH", version: "CL" } as const;
const sha256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
const id = "1f0c4f0e-0b1f-4d52-9a53-0d1d4a2b9d55";

const established: EstablishmentView = {
  rne: "0350024L",
  ...licence,
  ...{ state: "START", stateCode: "1", since: "2026-11-23T10:00:00.000Z", actor: "hosting" },
  nextStep: {
    ...{ state: "BCDIDBWAIT", estimatedAt: "2026-11-23T10:05:00.000Z", latestAt: "2026-11-23T10:30:00.000Z" },
  },
  history: [{ state: "START", at: "2026-11-23T10:00:00.000Z" }],
  ...{ bases: [], connection: null, downloads: [], problem: null },
};

const base: Base = {
  ...{ id, role: "main", name: "data", fileName: "data.zip", size: 1048576, received: 1048576, sha256 },
  ...{ status: "mounted", problem: null },
};

const ready: EstablishmentView = {
  ...established,
  ...{ state: "BCDIREADY", stateCode: "5", since: "2026-11-23T11:12:00.000Z", actor: "nobody" },
  nextStep: null,
  history: [
    { state: "START", at: "2026-11-23T10:00:00.000Z" },
    { state: "BCDIDBWAIT", at: "2026-11-23T10:02:00.000Z" },
    { state: "BCDIDBUPLOADED", at: "2026-11-23T11:05:00.000Z" },
    { state: "BCDIDBUPLOADEDRIGHT", at: "2026-11-23T11:10:00.000Z" },
    { state: "BCDIREADY", at: "2026-11-23T11:12:00.000Z" },
  ],
  bases: [base],
  connection: {
    ...{ host: "bcdi.example", port: 20000, serverName: "0350024L", serverVersion: "BCDI" },
    bases: [{ name: "data", role: "main" }],
    client: { url: "https://bcdi.example/client.exe", version: "BCDI", sha256 },
  },
};

const event: StateChangedEvent = {
  type: "establishment.state_changed",
  timestamp: "2026-11-23T11:12:00.000Z",
  data: { rne: "0350024L", state: "BCDIREADY", stateCode: "5", since: "2026-11-23T11:12:00.000Z" },
};

/** Bodies as they travel; each is valid for its schema. */
export const EXAMPLES: Partial<Record<SchemaName, unknown>> = {
  CreateEstablishment: { rne: "0350024L", ...licence },
  EstablishmentChanges: { griffe: "LYCEE EMILE ZOLA - CDI" },
  DepositOrder: { order: [id] },
  Establishment: ready,
  CreatedEstablishment: { ...established, key: sha256 },
  RotatedKey: { key: sha256 },
  Changes: {
    items: [{ rne: "0350024L", state: "BCDIREADY", stateCode: "5", since: "2026-11-23T11:12:00.000Z" }],
    nextCursor: "42",
  },
  Deposit: {
    files: [{ ...base, identity: null, lastActivityAt: "2026-11-23T11:04:00.000Z" }],
    ...{ complete: true, problems: [] },
  },
  UploadToken: {
    token: `mic2k8hs.${sha256}`,
    expiresAt: "2026-11-23T12:00:00.000Z",
    embedUrl: `https://bcdi.example/embed/upload#rne=0350024L&token=mic2k8hs.${sha256}`,
  },
  StateChangedEvent: event,
};
