import type { CreateEstablishment } from "#contract/establishment.ts";
import { mintLicence } from "#tests/client/school.ts";

/** What the answers have taught so far about one establishment. */
interface Known {
  readonly licence: CreateEstablishment;
  key: string;
  token: string;
  files: string[];
  download: { downloadId: string; signature: string; fileName: string } | null;
}

/** What a client of the API would remember, so that later requests can be right ones. */
export class World {
  readonly #schools = new Map<number, Known>();
  readonly base: Buffer;
  readonly platformKey: string;

  constructor(platformKey: string, base: Buffer) {
    this.platformKey = platformKey;
    this.base = base;
  }

  school(index: number): Known {
    const known = this.#schools.get(index) ?? {
      ...{ licence: mintLicence(), key: "0".repeat(64), token: "0.0", files: [], download: null },
    };
    this.#schools.set(index, known);
    return known;
  }

  /** Any other establishment than this one. */
  other(index: number): Known {
    return this.school(index === 0 ? 1 : 0);
  }

  /** Keeps the keys, tokens, files and archives that an answer gives. */
  learn(index: number, text: string, location: string | undefined): void {
    const known = this.school(index);
    known.key = /"key":"([0-9a-f]{64})"/.exec(text)?.[1] ?? known.key;
    known.token = /"token":"([^"]+)"/.exec(text)?.[1] ?? known.token;
    const [, downloadId, signature, fileName] =
      /\/api\/v1\/downloads\/([^/]+)\/([^/]+)\/([^"]+)"/.exec(text) ?? [];
    if (downloadId && signature && fileName) known.download = { downloadId, signature, fileName };
    if (text.startsWith('{"files":['))
      known.files = [...text.matchAll(/"id":"([^"]+)"/g)].map(([, id = ""]) => id);
    const id = location?.split("/").at(-1);
    if (id) known.files = [...known.files.slice(-15), id];
  }
}
