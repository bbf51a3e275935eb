// <bcdi-deposit src="https://hebergeur.example/embed/upload" rne="0350024L" token="…"></bcdi-deposit>
// Events on the element: deposit-ready, deposit-busy, deposit-progress, deposit-error, deposit-completed, each with the
// message in `detail`. Setting the `token` attribute again renews the access without interrupting what is being sent.
(() => {
  const SANDBOX = "allow-scripts allow-same-origin allow-forms allow-downloads";

  class BcdiDeposit extends HTMLElement {
    static observedAttributes = ["src", "rne", "token"];
    #frame = null;
    #isBusy = false;

    #receive = (event) => {
      const message = event.data;
      if (event.source !== this.#frame?.contentWindow || event.origin !== this.#address()?.origin) return;
      if (message?.source !== "bcdi-deposit" || message.version !== 1) return;
      if (message.type === "height") {
        this.#frame.style.height = `${Math.ceil(Number(message.heightPx)) || 0}px`;
        return;
      }
      if (message.type === "busy") this.#isBusy = message.busy === true;
      this.dispatchEvent(new CustomEvent(`deposit-${message.type}`, { bubbles: true, detail: message }));
    };

    // A sandboxed frame cannot ask for confirmation itself.
    #warn = (event) => {
      if (this.#isBusy) event.preventDefault();
    };

    #address() {
      const src = this.getAttribute("src");
      return src && URL.canParse(src, document.baseURI) ? new URL(src, document.baseURI) : null;
    }

    #load() {
      const address = this.#address();
      const rne = this.getAttribute("rne");
      const token = this.getAttribute("token");
      if (!this.#frame || !address || !rne || !token) return;
      address.hash = new URLSearchParams({ rne, token, parent: window.location.origin }).toString();
      this.#frame.src = address.href;
    }

    connectedCallback() {
      const frame = document.createElement("iframe");
      frame.title = "Dépôt des bases BCDI";
      frame.setAttribute("sandbox", SANDBOX);
      frame.style.cssText = "display:block;width:100%;height:480px;border:0;color-scheme:normal";
      this.#frame = frame;
      this.style.display = "block";
      window.addEventListener("message", this.#receive);
      window.addEventListener("beforeunload", this.#warn);
      this.#load();
      this.replaceChildren(frame);
    }

    disconnectedCallback() {
      window.removeEventListener("message", this.#receive);
      window.removeEventListener("beforeunload", this.#warn);
      this.#frame = null;
      this.#isBusy = false;
    }

    attributeChangedCallback(_name, before, after) {
      if (before !== after) this.#load();
    }
  }

  if (!customElements.get("bcdi-deposit")) customElements.define("bcdi-deposit", BcdiDeposit);
})();
