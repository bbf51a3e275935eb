/** What a server has said of one file, against what it says later. */
export class Acknowledgements {
  #offset = 0;
  #lostBytes = 0;

  /** The server's word, by a 204 or a HEAD, that it has this many bytes. */
  hear(offset: number): void {
    if (offset < this.#offset) this.#lostBytes += this.#offset - offset;
    this.#offset = offset;
  }

  get lostBytes(): number {
    return this.#lostBytes;
  }
}
