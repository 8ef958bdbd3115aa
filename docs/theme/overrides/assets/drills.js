// Drills: checks the answer, keeps the score on this device, and shows what is left. Every word
// that it says stands in the page; without it, the answers open all the same.
const KEPT = "complaint-desk.drills"
const ROLE = "complaint-desk.role"

function read(name) {
  try {
    return JSON.parse(localStorage.getItem(name))
  } catch {
    return null
  }
}

function keep(name, value) {
  try {
    localStorage.setItem(name, JSON.stringify(value))
  } catch {
    // A browser that keeps nothing still lets one practise.
  }
}

const scores = () => read(KEPT) ?? {}

function button(words, act, kind = "") {
  const made = document.createElement("button")
  made.type = "button"
  made.className = `md-button ${kind}`
  made.textContent = words
  made.addEventListener("click", act)
  return made
}

// Words with their numbers: "{right} of {all}".
function fill(box, numbers) {
  box.dataset.words ??= box.textContent
  box.textContent = box.dataset.words.replace(/\{(\w+)\}/g, (_, name) => numbers[name])
  box.hidden = false
}

function count(ids) {
  const kept = scores()
  const right = ids.filter((id) => kept[id]?.right).length
  return { all: ids.length, right, left: ids.length - right }
}

const ids = (boxes) => [...boxes].map((box) => box.dataset.drill)

function check(drill) {
  const asked = [...drill.querySelectorAll("fieldset")]
  const chosen = asked.map((one) => one.querySelector("input:checked"))
  const result = drill.querySelector(".drill-result")
  if (chosen.includes(null)) {
    result.textContent = drill.dataset.choose
    asked[chosen.indexOf(null)].querySelector("input").focus({ preventScroll: true })
    result.scrollIntoView({ block: "nearest" })
    return
  }
  const good = chosen.filter((one) => "good" in one.dataset).length
  const right = good === asked.length
  result.textContent = drill.dataset[right ? "right" : good ? "half" : "wrong"]
  result.dataset.right = right
  for (const one of drill.querySelectorAll("label")) {
    const input = one.querySelector("input")
    one.classList.toggle("is-good", "good" in input.dataset)
    one.classList.toggle("is-poor", input.checked && !("good" in input.dataset))
  }
  drill.querySelector(".drill-answer").open = true
  drill.querySelector(".drill-buttons").lastChild.hidden = false
  // The calendar's day where the learner is.
  const now = new Date()
  const on = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0"))
  keep(KEPT, { ...scores(), [drill.dataset.drill]: { right, on: on.join("-") } })
  tell()
}

function clear(drill) {
  for (const input of drill.querySelectorAll("input")) input.checked = false
  for (const one of drill.querySelectorAll("label")) one.classList.remove("is-good", "is-poor")
  const result = drill.querySelector(".drill-result")
  result.textContent = ""
  delete result.dataset.right
  drill.querySelector(".drill-answer").open = false
  drill.querySelector(".drill-buttons").lastChild.hidden = true
  drill.querySelector("input").focus()
}

function tell() {
  const drills = document.querySelectorAll(".drill")
  for (const box of document.querySelectorAll(".drill-progress")) fill(box, count(ids(drills)))
  const kept = scores()
  for (const list of document.querySelectorAll(".drill-list")) {
    const states = list.querySelectorAll(".drill-state")
    for (const state of states) {
      const score = kept[state.dataset.drill]
      state.textContent = list.dataset[!score ? "open" : score.right ? "done" : "tried"]
      list.querySelector(`.drill-day[data-drill="${state.dataset.drill}"]`).textContent = score?.on ?? "\u00a0"
    }
    for (const box of list.querySelectorAll(".drill-left")) fill(box, count(ids(states)))
  }
}

function show(role) {
  for (const list of document.querySelectorAll(".drill-list")) {
    list.hidden = Boolean(role) && list.dataset.role !== role
  }
}

function begin() {
  for (const drill of document.querySelectorAll(".drill")) {
    const result = drill.querySelector(".drill-result")
    const row = document.createElement("p")
    row.className = "drill-buttons"
    const again = button(drill.dataset.again, () => clear(drill))
    again.hidden = true
    row.append(button(drill.dataset.check, () => check(drill), "md-button--primary"), again)
    result.before(row)
  }
  for (const picker of document.querySelectorAll(".drill-role")) {
    const select = picker.querySelector("select")
    select.value = read(ROLE) ?? ""
    select.addEventListener("change", () => {
      keep(ROLE, select.value)
      show(select.value)
    })
    picker.hidden = false
    show(select.value)
  }
  for (const box of document.querySelectorAll(".drill-forget")) {
    const forget = button(box.textContent, () => {
      if (forget.textContent !== box.dataset.sure) {
        forget.textContent = box.dataset.sure
        return
      }
      keep(KEPT, {})
      tell()
      box.textContent = box.dataset.done
      box.tabIndex = -1
      box.focus() // the button that had it is gone
    })
    box.replaceChildren(forget)
    box.setAttribute("role", "status")
    box.hidden = false
  }
  for (const box of document.querySelectorAll(".drill-print")) {
    box.replaceChildren(button(box.textContent, () => window.print()))
    box.hidden = false
  }
  tell()
}

begin()
