/* Comfort only: every page does its job without this file. ES5, no modules. */
(function () {
  'use strict';
  var html = document.documentElement;
  function byId(id) {
    return document.getElementById(id);
  }
  function each(list, work) {
    for (var i = 0; i < list.length; i += 1) work(list[i]);
  }
  function inEnglish() {
    return html.lang === 'en';
  }

  /* Text size in place, so that nothing typed is lost; the link sets the cookie as well. */
  var size = byId('switch-size');
  if (size && window.XMLHttpRequest) {
    size.addEventListener('click', function (event) {
      var request = new XMLHttpRequest();
      var large = size.getAttribute('data-size') === 'large';
      event.preventDefault();
      request.open('GET', size.href);
      request.send();
      html.className = large ? 'large' : '';
      size.setAttribute('data-size', large ? 'standard' : 'large');
      size.textContent = inEnglish() ? (large ? 'Standard text' : 'Large text') : large ? '标准版' : '大字版';
      size.href = size.href.replace(/value=\w+/, 'value=' + (large ? 'standard' : 'large'));
    });
  }

  /* A second click within 8 seconds sends nothing twice. */
  each(document.forms, function (form) {
    var sent = 0;
    form.addEventListener('submit', function (event) {
      var now = new Date().getTime();
      if (now - sent < 8000) {
        event.preventDefault();
        return;
      }
      sent = now;
    });
    window.addEventListener('pageshow', function () {
      sent = 0;
    });
  });

  /* Seconds until a message can be sent again. */
  var wait = byId('resend-wait');
  if (wait) {
    var left = Number(wait.getAttribute('data-seconds'));
    var timer = setInterval(function () {
      left -= 1;
      if (left <= 0) {
        clearInterval(timer);
        wait.parentNode.removeChild(wait);
        return;
      }
      wait.textContent = wait.textContent.replace(/\d+/, left);
    }, 1000);
  }

  /* A tick that shows the password. */
  each(document.querySelectorAll('input[type=password]'), function (field) {
    var line = document.createElement('p');
    var id = field.id + '-show';
    line.className = 'show-password';
    line.innerHTML = '<input type="checkbox" id="' + id + '"> <label for="' + id + '"></label>';
    line.lastChild.textContent = inEnglish() ? 'Show password' : '显示密码';
    field.parentNode.insertBefore(line, field.nextSibling);
    line.firstChild.addEventListener('change', function () {
      field.type = line.firstChild.checked ? 'text' : 'password';
    });
  });

  /* Another picture without leaving the page. */
  var image = byId('captcha-image');
  var another = byId('captcha-another');
  function useCaptcha(id) {
    byId('captchaId').value = id;
    image.src = '/captcha/' + id + '.png';
    byId('captcha-larger').href = '/captcha/' + id + '.png?large=1';
    byId('captcha').value = '';
  }
  if (image && another) {
    another.addEventListener('click', function (event) {
      var request = new XMLHttpRequest();
      event.preventDefault();
      request.onload = function () {
        if (request.status === 200) useCaptcha(JSON.parse(request.responseText).captchaId);
        else location.reload();
      };
      request.open('POST', another.getAttribute('data-refresh'));
      request.setRequestHeader('Content-Type', 'application/x-www-form-urlencoded');
      request.setRequestHeader('Accept', 'application/json');
      request.send('_csrf=' + encodeURIComponent(document.querySelector('input[name=_csrf]').value));
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
  if (work && window.crypto && crypto.subtle && window.TextEncoder) {
    work.hidden = false;
    byId('captcha-no-script').hidden = true;
    work.addEventListener('click', function () {
      var request = new XMLHttpRequest();
      var id = byId('captchaId').value;
      work.textContent = work.getAttribute('data-working');
      request.onload = function () {
        var task = JSON.parse(request.responseText);
        solve(task, function (number) {
          var payload = {
            algorithm: task.algorithm,
            challenge: task.challenge,
            number: number,
            salt: task.salt,
            signature: task.signature
          };
          var said = document.createElement('p');
          byId('captcha').value = 'pow:' + btoa(JSON.stringify(payload));
          said.setAttribute('role', 'status');
          said.textContent = work.getAttribute('data-done');
          work.parentNode.replaceChild(said, work);
        });
      };
      request.open('GET', '/captcha/' + id + '/work');
      request.send();
    });
  }
})();
