/** What a server has said of one file, against what it says later. */
export class Acknowledgements {
  #offset = 0;
  #lostBytes = 0;
  #progressAt = Date.now();
  #longestWaitMs = 0;

  /** The server's word, by a 204 or a HEAD, that it has this many bytes. */
  hear(offset: number): void {
    if (offset < this.#offset) this.#lostBytes += this.#offset - offset;
    if (offset > this.#offset) {
      this.#longestWaitMs = Math.max(this.#longestWaitMs, Date.now() - this.#progressAt);
      this.#progressAt = Date.now();
    }
    this.#offset = offset;
  }

  /** When the last byte was acknowledged that was not before. */
  get progressAt(): number {
    return this.#progressAt;
  }

  get lostBytes(): number {
    return this.#lostBytes;
  }

  /** The longest that its sender waited for more bytes to be acknowledged. */
  get longestWaitMs(): number {
    return this.#longestWaitMs;
  }
}
