/* Comfort only: every page does its job without this file. ES5, no modules. Its words are the page's, in its language. */
(function () {
  'use strict';
  var html = document.documentElement;
  var body = document.body;
  function byId(id) {
    return document.getElementById(id);
  }
  function each(list, work) {
    for (var i = 0; i < list.length; i += 1) work(list[i]);
  }
  function remove(node) {
    if (node && node.parentNode) node.parentNode.removeChild(node);
  }
  function status(text) {
    var line = document.createElement('p');
    line.className = 'hint';
    line.setAttribute('role', 'status');
    line.textContent = text;
    return line;
  }
  function ask(method, path, form, done) {
    var request = new XMLHttpRequest();
    request.onload = function () {
      if (request.status === 200) done(JSON.parse(request.responseText));
      else location.reload();
    };
    request.open(method, path);
    request.setRequestHeader('Accept', 'application/json');
    if (form) request.setRequestHeader('Content-Type', 'application/x-www-form-urlencoded');
    request.send(form);
  }

  /* What has to be corrected is read first. */
  var summary = byId('error-summary');
  if (summary) summary.focus();

  /* Text size in place, so that nothing typed is lost; the link sets the cookie as well. */
  var size = byId('switch-size');
  if (size && window.XMLHttpRequest) {
    size.addEventListener('click', function (event) {
      var request = new XMLHttpRequest();
      var wanted = size.getAttribute('data-size');
      var next = wanted === 'large' ? 'standard' : 'large';
      var text = size.textContent;
      event.preventDefault();
      request.open('GET', size.href);
      request.send();
      html.className = wanted === 'large' ? 'large' : '';
      size.setAttribute('data-size', next);
      size.textContent = size.getAttribute('data-other');
      size.setAttribute('data-other', text);
      size.href = size.href.replace(/value=\w+/, 'value=' + next);
    });
  }

  /* A second click within 8 seconds sends nothing twice, and a slow answer is waited for with words. */
  each(document.forms, function (form) {
    var sent = 0;
    var said = status(body.getAttribute('data-working'));
    function again() {
      sent = 0;
      remove(said);
    }
    form.addEventListener('submit', function (event) {
      var now = new Date().getTime();
      if (now - sent < 8000) {
        event.preventDefault();
        return;
      }
      sent = now;
      form.appendChild(said);
      setTimeout(again, 8000);
    });
    window.addEventListener('pageshow', again);
  });

  /* Seconds until a message can be sent again. */
  function countDown(line) {
    var left = Number(line.getAttribute('data-seconds'));
    var timer = setInterval(function () {
      left -= 1;
      if (left > 0) {
        line.textContent = line.textContent.replace(/\d+/, left);
        return;
      }
      clearInterval(timer);
      remove(line);
    }, 1000);
  }
  var wait = byId('resend-wait');
  if (wait) countDown(wait);

  /* A login that waits for the phone: the server answers when something has changed. */
  var qr = byId('qr-wait');
  function watch() {
    var request = new XMLHttpRequest();
    var asked = new Date().getTime();
    function soon() {
      setTimeout(watch, Math.max(0, 1000 - (new Date().getTime() - asked)));
    }
    function later() {
      setTimeout(watch, 5000);
    }
    request.onload = function () {
      if (request.status === 429 || request.status >= 500) later();
      else if (request.status === 200 && JSON.parse(request.responseText).state === qr.getAttribute('data-state'))
        soon();
      else location.replace(qr.getAttribute('data-page'));
    };
    request.onerror = later;
    request.open('GET', qr.getAttribute('data-wait') + '?seen=' + qr.getAttribute('data-state'));
    request.setRequestHeader('Accept', 'application/json');
    request.send();
  }
  if (qr && window.XMLHttpRequest) {
    watch();
    countDown(byId('qr-left'));
  }

  /* A tick that shows the password. */
  each(document.querySelectorAll('input[type=password]'), function (field) {
    var line = document.createElement('p');
    var id = field.id + '-show';
    line.className = 'check show-password';
    line.innerHTML = '<input type="checkbox" id="' + id + '"> <label for="' + id + '"></label>';
    line.lastChild.textContent = body.getAttribute('data-show-password');
    field.className += ' shown-beside';
    field.parentNode.insertBefore(line, field.nextSibling);
    line.firstChild.addEventListener('change', function () {
      field.type = line.firstChild.checked ? 'text' : 'password';
    });
  });

  /* Another picture, or a larger one, without leaving the page. */
  var image = byId('captcha-image');
  var another = byId('captcha-another');
  var larger = byId('captcha-larger');
  function show(id, large) {
    byId('captchaId').value = id;
    image.src = '/captcha/' + id + '.png' + (large ? '?large=1' : '');
    image.className = large ? 'larger' : '';
    if (larger) larger.href = '/captcha/' + id + '.png?large=1';
  }
  if (image && another) {
    another.addEventListener('click', function (event) {
      var token = document.querySelector('input[name=_csrf]').value;
      event.preventDefault();
      ask('POST', another.getAttribute('data-refresh'), '_csrf=' + encodeURIComponent(token), function (answer) {
        show(answer.captchaId, image.className === 'larger');
        byId('captcha').value = '';
        byId('captcha').focus();
      });
    });
  }
  if (image && larger) {
    larger.addEventListener('click', function (event) {
      event.preventDefault();
      show(byId('captchaId').value, true);
      image.removeAttribute('width');
      image.removeAttribute('height');
      remove(larger);
    });
  }

  /* Proof of work instead of the picture: SHA-256 of salt and number, until it fits. */
  var work = byId('captcha-work');
  function hex(buffer) {
    var bytes = new Uint8Array(buffer);
    var text = '';
    for (var i = 0; i < bytes.length; i += 1) text += (bytes[i] < 16 ? '0' : '') + bytes[i].toString(16);
    return text;
  }
  function solve(task, done) {
    var encoder = new TextEncoder();
    var number = 0;
    function next() {
      if (number > task.maxnumber) return;
      crypto.subtle.digest('SHA-256', encoder.encode(task.salt + number)).then(function (digest) {
        if (hex(digest) === task.challenge) {
          done(number);
          return;
        }
        number += 1;
        next();
      });
    }
    next();
  }
  function proved(task, number) {
    var block = byId('captcha-block');
    var said = status(work.getAttribute('data-done'));
    var payload = {
      algorithm: task.algorithm,
      challenge: task.challenge,
      number: number,
      salt: task.salt,
      signature: task.signature
    };
    byId('captcha').value = 'pow:' + btoa(JSON.stringify(payload));
    /* The picture and its field have done their part: what the field now holds is for no reader. */
    block.className += ' solved';
    said.tabIndex = -1;
    block.appendChild(said);
    said.focus();
  }
  if (work && window.crypto && crypto.subtle && window.TextEncoder) {
    work.hidden = false;
    byId('captcha-no-script').hidden = true;
    work.addEventListener('click', function () {
      work.textContent = work.getAttribute('data-working');
      ask('GET', '/captcha/' + byId('captchaId').value + '/work', null, function (task) {
        solve(task, function (number) {
          proved(task, number);
        });
      });
    });
  }
})();
