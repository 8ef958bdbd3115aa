// Sends several photos at once and says of each how far it got. Without it one goes at a time.
(function () {
  "use strict";
  var form = document.getElementById("photo-form");
  var list = document.getElementById("photo-progress");
  var input = document.getElementById("photo-file");
  if (!form || !window.FormData || !window.DOMParser) return;
  var words = form.dataset, room = Number(words.room), told = "", looks = 0;
  input.multiple = true;

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    if (form.getAttribute("aria-busy")) return;
    var waiting = Array.prototype.slice.call(input.files).map(line);
    if (!waiting.length) return;
    form.setAttribute("aria-busy", "true");
    form.querySelector("button").disabled = true;
    next(waiting.filter(fits), function () {
      form.reset();
      form.removeAttribute("aria-busy");
      form.querySelector("button").disabled = false;
      looks = 0;
      if (told) look();
    });
  });

  function line(file) {
    var item = list.appendChild(document.createElement("li"));
    var one = {
      file: file,
      say: function (text) { item.textContent = file.name + " – " + text; },
      done: function () { item.className = "sent"; }
    };
    one.say(words.waiting);
    return one;
  }

  function fits(one) {
    var accepted = input.accept.split(",").indexOf(one.file.type) >= 0;
    if (!accepted) one.say(words.wrongType);
    else if (one.file.size > Number(words.most)) one.say(words.tooLarge);
    else if (room <= 0) one.say(words.tooMany);
    else { room -= 1; return true; }
    return false;
  }

  function next(waiting, done) {
    var one = waiting.shift();
    if (!one) return done();
    var go = function () { next(waiting, done); };
    var fail = function (why) { room += 1; one.say(why || words.failed); go(); };
    one.say(words.sending);
    ask("POST", words.invite, "code=" + encodeURIComponent(words.code), function (request) {
      var answer = parsed(request.responseText);
      if (request.status !== 200) return fail(answer.title);
      send(one, answer, go, fail);
    }, fail);
  }

  function send(one, leave, go, fail) {
    var body = new FormData();
    leave.fields["Content-Type"] = one.file.type;
    Object.keys(leave.fields).forEach(function (name) { body.append(name, leave.fields[name]); });
    body.append("file", one.file);
    var request = ask("POST", leave.url, body, function () {
      var key = request.responseXML && text(request.responseXML, "Key");
      if (request.status !== 201 || !key) return fail();
      var tag = text(request.responseXML, "ETag");
      told += "&key=" + encodeURIComponent(key) + "&etag=" + encodeURIComponent(tag);
      one.say(words.sent);
      one.done();
      go();
    }, fail, function (event) {
      if (event.lengthComputable) {
        one.say(words.sending + " " + Math.round(100 * event.loaded / event.total) + "%");
      }
    });
  }

  // Only the photos are shown anew, so that nothing typed elsewhere on the page is lost.
  function look() {
    ask("GET", words.page + told, null, function (request) {
      var fresh = new DOMParser().parseFromString(request.responseText, "text/html");
      var shown = fresh.getElementById("photos-shown");
      if (request.status !== 200 || !shown) return;
      document.getElementById("photos-shown").innerHTML = shown.innerHTML;
      if (!shown.querySelector(".preparing")) forget();
      else if ((looks += 1) < 20) setTimeout(look, 3000);
    }, function () {});
  }

  // What was sent is among the photos by now; what was not stays said.
  function forget() {
    Array.prototype.slice.call(list.querySelectorAll(".sent")).forEach(function (item) {
      list.removeChild(item);
    });
  }

  function ask(method, url, body, done, fail, progress) {
    var request = new XMLHttpRequest();
    if (progress) request.upload.addEventListener("progress", progress);
    request.open(method, url);
    if (typeof body === "string") {
      request.setRequestHeader("Content-Type", "application/x-www-form-urlencoded");
      request.setRequestHeader("Accept", "application/json");
    }
    request.onload = function () { done(request); };
    request.onerror = function () { fail(); };
    request.send(body);
    return request;
  }

  function text(xml, name) {
    var found = xml.getElementsByTagName(name)[0];
    return found ? found.textContent : "";
  }

  function parsed(json) {
    try { return JSON.parse(json); } catch (_) { return {}; }
  }
})();
