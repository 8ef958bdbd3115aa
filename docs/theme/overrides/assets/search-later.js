// The search index is larger than any page, so it is fetched when somebody first searches.
// The theme asks for it, and starts its worker, as soon as a page opens; both wait here until
// the search box gets the focus. The theme itself is left as it is.
(() => {
  const used = new Promise((resolve) => {
    document.addEventListener("focusin", ({ target }) => target.matches(".md-search__input") && resolve())
  })

  const { send } = XMLHttpRequest.prototype
  const { open } = XMLHttpRequest.prototype
  const isIndex = new WeakSet()
  XMLHttpRequest.prototype.open = function (method, url, ...rest) {
    if (String(url).endsWith("/search/search_index.json")) isIndex.add(this)
    return open.call(this, method, url, ...rest)
  }
  XMLHttpRequest.prototype.send = function (body) {
    if (isIndex.has(this)) used.then(() => send.call(this, body))
    else send.call(this, body)
  }

  // A worker that starts with the first message to it.
  const Started = window.Worker
  window.Worker = class extends EventTarget {
    #worker
    #url

    constructor(url) {
      super()
      this.#url = url
    }

    postMessage(message) {
      used.then(() => this.#started().postMessage(message))
    }

    #started() {
      if (!this.#worker) {
        this.#worker = new Started(this.#url)
        this.#worker.addEventListener("message", ({ data }) => {
          this.dispatchEvent(new MessageEvent("message", { data }))
        })
      }
      return this.#worker
    }
  }
})()
