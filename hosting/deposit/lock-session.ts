import pg from "pg";
import { createGate } from "./gate.ts";

/** The number space of the uploads' names among the advisory locks. */
export const UPLOAD_LOCKS = 0;

const CHANNEL = "upload_lock_wanted";
const QUERY_TIMEOUT_MS = 4_000;
const PING_EVERY_MS = 2_000;

export interface LockSessionOptions {
  readonly connectionString: string;
  /** Another process waits for this file. */
  readonly onWanted: (id: string) => void;
  /** The connection is gone, and all its locks with it: said once. */
  readonly onLost: (session: LockSession, failure: string) => void;
}

/**
 * One connection on which a process holds the locks of all its uploads: PostgreSQL frees them if the process dies. It
 * is asked again and again whether it is still there, so that whoever lost its locks without a word stops writing.
 */
export class LockSession {
  readonly #client: pg.Client;
  readonly #onLost: LockSessionOptions["onLost"];
  /** A connection runs one query at a time. */
  readonly #inTurn = createGate(1);
  #held = 0;
  #isOver = false;
  #ping: NodeJS.Timeout | null = null;

  private constructor(client: pg.Client, onLost: LockSessionOptions["onLost"]) {
    this.#client = client;
    this.#onLost = onLost;
    client.on("error", (failure) => this.#lose(failure.message)).on("end", () => this.#lose("ended"));
  }

  static async open({ connectionString, onWanted, onLost }: LockSessionOptions): Promise<LockSession> {
    const client = new pg.Client({
      ...{ connectionString, connectionTimeoutMillis: 10_000, keepAlive: true },
      query_timeout: QUERY_TIMEOUT_MS,
    });
    const session = new LockSession(client, onLost);
    try {
      await client.connect();
      const { rows } = await client.query("SELECT pg_backend_pid() AS pid");
      client.on("notification", ({ payload, processId }) => {
        // Our own wish comes back to us, too: it is not for our own holder.
        if (processId !== rows[0]?.pid) onWanted(payload ?? "");
      });
      await client.query(`LISTEN ${CHANNEL}`);
      return session;
    } catch (failure) {
      session.end();
      throw failure;
    }
  }

  async tryLock(id: string): Promise<boolean> {
    const { rows } = await this.#query("SELECT pg_try_advisory_lock(hashtextextended($1, $2)) AS locked", [
      id,
      UPLOAD_LOCKS,
    ]);
    if (rows[0]?.locked !== true) return false;
    this.#held += 1;
    this.#ping ??= setInterval(() => void this.#query("SELECT 1", []).catch(() => {}), PING_EVERY_MS);
    return true;
  }

  async unlock(id: string): Promise<void> {
    // Gone with its connection: there is nothing to give back.
    if (this.#isOver) return;
    this.#held -= 1;
    if (this.#held === 0 && this.#ping) {
      clearInterval(this.#ping);
      this.#ping = null;
    }
    await this.#query("SELECT pg_advisory_unlock(hashtextextended($1, $2))", [id, UPLOAD_LOCKS]);
  }

  /** Asks whoever holds the file, in another process, to let go of it. */
  async want(id: string): Promise<void> {
    await this.#query("SELECT pg_notify($1, $2)", [CHANNEL, id]);
  }

  end(): void {
    this.#isOver = true;
    if (this.#ping) clearInterval(this.#ping);
    this.#client.end().catch(() => {});
  }

  async #query(text: string, values: readonly unknown[]): Promise<pg.QueryResult> {
    try {
      return await this.#inTurn(() => this.#client.query(text, [...values]));
    } catch (failure) {
      // One that does not answer may have lost its locks already: it is not trusted again.
      this.#lose(failure instanceof Error ? failure.message : String(failure));
      throw failure;
    }
  }

  #lose(failure: string): void {
    if (this.#isOver) return;
    this.end();
    this.#onLost(this, failure);
  }
}
