import { DataStore, ERRORS, Upload } from "@tus/server";
import { z } from "zod";
import type { HostingContext } from "#hosting/context.ts";
import { Refusal } from "#hosting/refusal.ts";
import { failureCode } from "#platform/failure.ts";
import type { BaseFile } from "#prisma/generated/client.ts";
import { addFile } from "./add-file.ts";
import { currentExchange, type Exchange, LEAVING } from "./exchange.ts";
import { createGate } from "./gate.ts";
import { type ReceptionEnd, receiveBody } from "./receive.ts";
import { recordReceived } from "./record-received.ts";
import { findFreeBytes, uploadPath } from "./storage.ts";

const HOUR_MS = 60 * 60 * 1000;
/** A thousand uploads that end at once must leave connections to whoever asks for a state. */
const withRecordingPlace = createGate(4);

const MetadataColumn = z.record(z.string(), z.string().nullable());

/** tus's store: records in PostgreSQL, bytes in one file each, answered for only once they are on stable storage. */
export class BaseFileStore extends DataStore {
  readonly #context: HostingContext;
  readonly #idleTimeoutMs: number;
  /** The record that an exchange found once it held the file's lock: nobody else changes it before the lock is let go. */
  readonly #found = new WeakMap<Exchange, BaseFile>();

  constructor(context: HostingContext, idleTimeoutMs: number) {
    super();
    this.#context = context;
    this.#idleTimeoutMs = idleTimeoutMs;
    this.extensions = ["creation", "creation-with-upload", "termination"];
  }

  override async create(upload: Upload): Promise<Upload> {
    const exchange = currentExchange();
    const { establishment } = exchange;
    const { id, size = 0, metadata = {} } = upload;
    await addFile(this.#context, { establishment, id, sizeBytes: size, metadata }).catch(refuseFullDisk);
    exchange.createdId = id;
    return upload;
  }

  override async getUpload(id: string): Promise<Upload> {
    const file = await this.#keepAlive(await this.#findOwn(id));
    this.#found.set(currentExchange(), file);
    return new Upload({
      id,
      size: Number(file.sizeBytes),
      offset: Number(file.receivedBytes),
      metadata: MetadataColumn.parse(file.metadata),
      creation_date: file.createdAt.toISOString(),
    });
  }

  /** `_stream` is empty: the body is read from Node's own request, without a web stream in between. */
  override async write(_stream: unknown, id: string, offset: number): Promise<number> {
    const exchange = currentExchange();
    const { request, stop } = exchange;
    const file = this.#found.get(exchange) ?? (await this.#findOwn(id));
    if (file.status !== "receiving") return offset;
    const reception = await receiveBody({
      ...{ request, offset, stop: stop.signal, path: uploadPath(this.#context, file) },
      maxBytes: Number(file.sizeBytes) - offset,
      idleTimeoutMs: this.#idleTimeoutMs,
      onDurable: async (durable) => {
        const recorded = await withRecordingPlace(() => recordReceived(this.#context, file, durable));
        if (!recorded) throw ERRORS.FILE_NOT_FOUND;
        await this.#refuseWithoutRoom(recorded);
      },
    }).catch(refuseFullDisk);
    if (reception.end !== "whole") throw interruption(reception.end, String(stop.signal.reason));
    return reception.offset;
  }

  /** Whoever asks for a file means to go on with it: the sweeper waits anew. */
  async #keepAlive(file: BaseFile): Promise<BaseFile> {
    const now = this.#context.clock.now();
    if (file.status !== "receiving" || now.getTime() - file.lastActivityAt.getTime() < HOUR_MS) return file;
    const { count } = await this.#context.db.baseFile.updateMany({
      where: { id: file.id },
      data: { lastActivityAt: now },
    });
    if (count === 0) throw ERRORS.FILE_NOT_FOUND;
    return file;
  }

  /** The last room on the disk is the database's: an upload waits before it takes that. */
  async #refuseWithoutRoom({ status }: BaseFile): Promise<void> {
    if (status === "receiving" && (await findFreeBytes(this.#context)) < 0)
      throw new Refusal("insufficient_storage", { retryAfterSeconds: 60 });
  }

  async #findOwn(id: string): Promise<BaseFile> {
    const { establishment } = currentExchange();
    const { rne, cycle } = establishment;
    const file = await this.#context.db.baseFile.findFirst({ where: { id, rne, cycle } });
    if (!file) throw ERRORS.FILE_NOT_FOUND;
    return file;
  }
}

function refuseFullDisk(failure: unknown): never {
  const code = failureCode(failure);
  if (code === "ENOSPC" || code === "EDQUOT")
    throw new Refusal("insufficient_storage", { retryAfterSeconds: 60 });
  // The hosting was removed while these bytes were on their way.
  if (code === "ENOENT") throw ERRORS.FILE_NOT_FOUND;
  throw failure;
}

function interruption(end: Exclude<ReceptionEnd, "whole">, reason: string): unknown {
  if (end === "too_long") return ERRORS.ERR_SIZE_EXCEEDED;
  if (end === "idle") return new Refusal("request_timeout");
  if (end === "gone") return new Refusal("request_timeout");
  return reason === LEAVING
    ? new Refusal("not_ready", { retryAfterSeconds: 2 })
    : new Refusal("upload_locked");
}
