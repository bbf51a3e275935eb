/** A program that receives files over HTTP, to be measured. */
export interface Receiver {
  readonly name: string;
  readonly url: string;
  /** The process whose processor time and memory count. */
  readonly pid: number;
  /** Bodies come in parts of any size; otherwise one request carries the whole file. */
  readonly takesParts: boolean;
  /** Makes room for a file. */
  create(sizeBytes: number): Promise<Target>;
  stop(): Promise<void>;
}

/** Where and how to send one file. */
export interface Target {
  readonly method: "PATCH" | "PUT";
  readonly path: string;
  readonly acceptedStatus: number;
  headers(offset: number): Record<string, string>;
  remove(): Promise<void>;
}
