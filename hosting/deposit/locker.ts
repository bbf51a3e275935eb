import { ERRORS, type Lock, type Locker } from "@tus/server";
import { failureText } from "#platform/failure.ts";
import type { Logger } from "#platform/log.ts";
import { currentExchange } from "./exchange.ts";
import { LockSession } from "./lock-session.ts";

const ACQUIRE_TIMEOUT_MS = 10_000;
const OTHER_PROCESS_POLL_MS = 100;

interface Waiter {
  readonly askToStop: () => void;
  readonly grant: () => void;
}

interface LockQueue {
  holder: Waiter;
  /** Where the holder's lock lives, once it has it between the processes, too. */
  session: LockSession | null;
  readonly waiters: Waiter[];
}

/**
 * One request at a time on a file. Within the process a queue; between processes PostgreSQL's advisory locks, all on
 * one session. Whoever waits asks the holder to stop at its offset.
 */
export class UploadLocker implements Locker {
  readonly #connectionString: string;
  readonly #log: Logger;
  readonly #queues = new Map<string, LockQueue>();
  #session: Promise<LockSession> | null = null;

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
    (await session?.catch(() => null))?.end();
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
      await this.#queues.get(id)?.session?.unlock(id);
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
        this.#queues.set(id, { holder: { askToStop, grant: resolve }, session: null, waiters: [] });
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
    queue.session = null;
    next.grant();
    // Those who still wait want it from the new holder, too.
    if (queue.waiters.length > 0) next.askToStop();
  }

  async #waitForOtherProcesses(id: string, deadline: number): Promise<void> {
    const session = await this.#connect();
    for (;;) {
      if (await session.tryLock(id)) {
        const queue = this.#queues.get(id);
        if (queue) queue.session = session;
        return;
      }
      if (Date.now() > deadline) throw ERRORS.ERR_LOCK_TIMEOUT;
      await session.want(id);
      await new Promise((resolve) => setTimeout(resolve, OTHER_PROCESS_POLL_MS));
    }
  }

  #connect(): Promise<LockSession> {
    if (this.#session) return this.#session;
    const opening = LockSession.open({
      connectionString: this.#connectionString,
      onWanted: (id) => this.#queues.get(id)?.holder.askToStop(),
      onLost: (session, failure) => {
        this.#log.error({ failure }, "lost the connection that holds the uploads' locks");
        if (this.#session === opening) this.#session = null;
        for (const queue of this.#queues.values()) if (queue.session === session) queue.holder.askToStop();
      },
    });
    this.#session = opening;
    opening.catch(() => {
      if (this.#session === opening) this.#session = null;
    });
    return opening;
  }
}
