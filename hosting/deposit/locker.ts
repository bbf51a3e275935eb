import { ERRORS, type Lock, type Locker } from "@tus/server";
import pg from "pg";
import { failureText } from "#platform/failure.ts";
import type { Logger } from "#platform/log.ts";
import { currentExchange } from "./exchange.ts";
import { createGate } from "./gate.ts";

const ACQUIRE_TIMEOUT_MS = 10_000;
const OTHER_PROCESS_POLL_MS = 100;
const CHANNEL = "upload_lock_wanted";

interface Waiter {
  readonly askToStop: () => void;
  readonly grant: () => void;
}

interface LockQueue {
  holder: Waiter;
  readonly waiters: Waiter[];
}

/**
 * One request at a time on a file. Within the process a queue; between processes PostgreSQL's advisory locks, all on
 * one connection, which the server frees if this process dies. Whoever waits asks the holder to stop at its offset.
 */
export class UploadLocker implements Locker {
  readonly #connectionString: string;
  readonly #log: Logger;
  readonly #queues = new Map<string, LockQueue>();
  #session: Promise<pg.Client> | null = null;
  /** A connection runs one query at a time. */
  readonly #inTurn = createGate(1);

  constructor(connectionString: string, log: Logger) {
    this.#connectionString = connectionString;
    this.#log = log;
  }

  newLock(id: string): Lock {
    return {
      lock: () => this.#lock(id),
      unlock: () => this.#unlock(id),
    };
  }

  async close(): Promise<void> {
    const session = this.#session;
    this.#session = null;
    await (await session)?.end();
  }

  async #lock(id: string): Promise<void> {
    const { request, stop } = currentExchange();
    // Whoever has gone by now must not interrupt the one who came back over another connection.
    if (request.socket.destroyed) throw ERRORS.ABORTED;
    const deadline = Date.now() + ACQUIRE_TIMEOUT_MS;
    await this.#waitInProcess(id, () => stop.abort("wanted"));
    try {
      await this.#waitForOtherProcesses(id, deadline);
    } catch (failure) {
      this.#passOn(id);
      throw failure;
    }
  }

  async #unlock(id: string): Promise<void> {
    try {
      const session = await this.#session;
      await this.#inTurn(async () =>
        session?.query("SELECT pg_advisory_unlock(hashtextextended($1, 0))", [id]),
      );
    } catch (failure) {
      this.#log.warn({ failure: failureText(failure) }, "an upload's lock went with its connection");
    } finally {
      this.#passOn(id);
    }
  }

  #waitInProcess(id: string, askToStop: () => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const queue = this.#queues.get(id);
      if (!queue) {
        this.#queues.set(id, { holder: { askToStop, grant: resolve }, waiters: [] });
        return resolve();
      }
      const timer = setTimeout(() => {
        queue.waiters.splice(queue.waiters.indexOf(waiter), 1);
        reject(ERRORS.ERR_LOCK_TIMEOUT);
      }, ACQUIRE_TIMEOUT_MS);
      const grant = () => {
        clearTimeout(timer);
        resolve();
      };
      const waiter: Waiter = { askToStop, grant };
      queue.waiters.push(waiter);
      queue.holder.askToStop();
    });
  }

  #passOn(id: string): void {
    const queue = this.#queues.get(id);
    const next = queue?.waiters.shift();
    if (!queue || !next) {
      this.#queues.delete(id);
      return;
    }
    queue.holder = next;
    next.grant();
    // Those who still wait want it from the new holder, too.
    if (queue.waiters.length > 0) next.askToStop();
  }

  async #waitForOtherProcesses(id: string, deadline: number): Promise<void> {
    const session = await this.#connect();
    for (;;) {
      const { rows } = await this.#inTurn(() =>
        session.query("SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS locked", [id]),
      );
      if (rows[0]?.locked === true) return;
      if (Date.now() > deadline) throw ERRORS.ERR_LOCK_TIMEOUT;
      await this.#inTurn(() => session.query("SELECT pg_notify($1, $2)", [CHANNEL, id]));
      await new Promise((resolve) => setTimeout(resolve, OTHER_PROCESS_POLL_MS));
    }
  }

  #connect(): Promise<pg.Client> {
    this.#session ??= this.#open().catch((failure: unknown) => {
      this.#session = null;
      throw failure;
    });
    return this.#session;
  }

  async #open(): Promise<pg.Client> {
    const session = new pg.Client({
      connectionString: this.#connectionString,
      connectionTimeoutMillis: 10_000,
      keepAlive: true,
    });
    const lose = (failure?: Error) => {
      if (this.#session === null) return;
      this.#session = null;
      this.#log.error({ failure: failure?.message }, "lost the connection that holds the uploads' locks");
      for (const queue of this.#queues.values()) queue.holder.askToStop();
    };
    session.on("error", lose).on("end", () => lose());
    await session.connect();
    const { rows } = await session.query("SELECT pg_backend_pid() AS pid");
    session.on("notification", ({ payload, processId }) => {
      // Our own wish comes back to us, too: it is not for our own holder.
      if (processId !== rows[0]?.pid) this.#queues.get(payload ?? "")?.holder.askToStop();
    });
    await session.query(`LISTEN ${CHANNEL}`);
    return session;
  }
}
