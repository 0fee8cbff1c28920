/*
 * Certificates from the assistant on this computer: lists them, has a fresh challenge signed, sends the form. ES5.
 * The page does its job without this file, and goes back to that when anything here breaks. Drivers: docs/certificates.md.
 */
(function () {
  'use strict';
  var ANSWER_MS = 30000;
  var SIGNING_MS = 150000;
  /* A double click on the page's button finds nothing else in its place that would undo it. */
  var CALM_MS = 1500;
  var MASK = '************';
  /* Of several assistants without a certificate, the first of these is what a person can do most about. */
  var RANK = ['pin-locked', 'no-key', 'no-certificates', 'assistant-error', 'timed-out', 'blocked', 'no-assistant'];
  var box = document.getElementById('certificate-form');
  var status = byId('certificate-status');
  var list = byId('certificate-list');
  var byHand = byId('certificate-by-hand');
  var picker = byId('certificate-picker');
  var again = byId('certificate-again');
  var submit = byId('certificate-submit');
  var drivers = [];
  var entries = [];
  var busy = false;
  var signing = null;
  var sending = false;
  var broken = false;
  var turn = 0;

  function byId(id) {
    return document.getElementById(id);
  }
  function each(items, work) {
    for (var i = 0; i < items.length; i += 1) work(items[i], i);
  }
  function keep(items, test) {
    var kept = [];
    each(items, function (item) {
      if (test(item)) kept.push(item);
    });
    return kept;
  }
  function empty(node) {
    while (node.firstChild) node.removeChild(node.firstChild);
  }
  function add(parent, name, text) {
    var node = parent.appendChild(document.createElement(name));
    if (text) node.textContent = text;
    return node;
  }
  function fill(text, values) {
    return text.replace(/\{(\w+)\}/g, function (whole, name) {
      return values[name] === undefined ? whole : String(values[name]);
    });
  }

  /* Back to the page as it came. */
  function plainly() {
    broken = true;
    picker.setAttribute('hidden', '');
    byHand.setAttribute('open', '');
  }
  function safely(work) {
    return function () {
      if (broken) return undefined;
      try {
        return work.apply(null, arguments);
      } catch (error) {
        plainly();
        throw error;
      }
    };
  }
  /* Whichever answer comes first counts, and only in the turn that asked. */
  function first(asked, limit, answers) {
    var due = asked;
    var open = true;
    var timer = setTimeout(function () {
      take('timed-out');
    }, limit);
    function take(failure, value) {
      if (!open || due !== turn) return;
      open = false;
      clearTimeout(timer);
      if (failure) answers.failed(failure, value || {});
      else answers.done(value);
    }
    return {
      done: safely(function (value) {
        take(null, value);
      }),
      failed: safely(function (failure, value) {
        take(failure || 'error', value);
      })
    };
  }

  /* What drivers are given. `failed` gets the answer's body, or nothing when there was no answer. */
  function ask(method, address, body, done, failed) {
    var request = new XMLHttpRequest();
    function answer() {
      try {
        return JSON.parse(request.responseText);
      } catch (unreadable) {
        return { error: 'error', cause: unreadable };
      }
    }
    request.onload = safely(function () {
      var said = answer();
      if (request.status >= 200 && request.status < 300 && !said.error) done(said);
      else failed(said);
    });
    request.onerror = safely(function () {
      failed();
    });
    try {
      request.open(method, address);
      request.setRequestHeader('Accept', 'application/json');
      if (body) request.setRequestHeader('Content-Type', 'application/json');
      request.send(body ? JSON.stringify(body) : null);
    } catch (forbidden) {
      setTimeout(request.onerror, 0, forbidden);
    }
  }
  /* Nobody there, or a browser in between? It says so itself, or still loads a picture. */
  function unreachable(picture, failed) {
    function probe() {
      var image = new Image();
      image.onload = function () {
        failed('blocked');
      };
      image.onerror = function () {
        failed('no-assistant');
      };
      image.src = picture + '?' + new Date().getTime();
    }
    function permitted(names) {
      if (!names.length) return probe();
      return navigator.permissions.query({ name: names[0] }).then(
        function (answer) {
          if (answer.state === 'denied') failed('blocked');
          else probe();
        },
        function () {
          permitted(names.slice(1));
        }
      );
    }
    if (navigator.permissions && navigator.permissions.query) permitted(['loopback-network', 'local-network-access']);
    else probe();
  }

  function say(name, values, address) {
    var word = document.querySelector('#certificate-words [data-word="' + name + '"]');
    var said = document.createElement('div');
    var link;
    if (word.getAttribute('data-kind')) said.className = 'notice ' + word.getAttribute('data-kind');
    each(word.children, function (child) {
      var copy = said.appendChild(child.cloneNode(true));
      if (!copy.children.length) copy.textContent = fill(copy.textContent, values || {});
    });
    if (address) {
      link = add(add(said, 'p'), 'a', picker.getAttribute('data-window'));
      link.id = 'certificate-window';
      link.href = address;
      link.target = '_blank';
    }
    status.setAttribute('data-said', name);
    empty(status);
    status.appendChild(said);
  }
  function wordOf(failure, more) {
    if (failure === 'wrong-pin' && more.tries === undefined) return 'wrong-pin-uncounted';
    return document.querySelector('#certificate-words [data-word="' + failure + '"]') ? failure : 'assistant-error';
  }
  function offerAgain(shown) {
    again.textContent = again.getAttribute(shown ? 'data-anew' : 'data-again');
    again.parentNode.removeAttribute('hidden');
  }
  function rest(shown) {
    busy = false;
    signing = null;
    offerAgain(shown);
  }
  /* Nothing comes of what was to be signed. */
  function drop() {
    if (signing && signing.end) signing.end();
    signing = null;
  }

  function chinaDay(time) {
    var at = new Date(time).getTime();
    return isNaN(at) ? String(time) : new Date(at + 8 * 3600000).toISOString().slice(0, 10);
  }
  function choices() {
    return list.getElementsByTagName('input');
  }
  function show() {
    var set = add(list, 'fieldset');
    set.className = 'field';
    add(set, 'legend', picker.getAttribute('data-list'));
    each(entries, function (entry, at) {
      var line = add(set, 'p');
      var radio = add(line, 'input');
      var label = add(line, 'label');
      var known = entry.certificate;
      var more;
      line.className = 'check';
      radio.type = 'radio';
      radio.name = 'certificate-choice';
      radio.id = 'certificate-choice-' + at;
      radio.checked = entries.length === 1;
      label.setAttribute('for', radio.id);
      add(label, 'strong', known.name).lang = /[\u4e00-\u9fff]/.test(known.name) ? 'zh-CN' : '';
      add(label, 'br');
      more = add(
        label,
        'span',
        fill(picker.getAttribute('data-entry'), {
          authority: known.authority,
          until: chinaDay(known.notAfter),
          serial: String(known.serial).slice(-4).toUpperCase()
        })
      );
      more.className = 'hint';
    });
  }
  function isOurs(certificate) {
    var wanted = box.getAttribute('data-entity');
    var code = certificate.creditCode;
    return !wanted || !code || code.slice(0, 4) + MASK + code.slice(16) === wanted;
  }

  /* Asks every assistant for its certificates. */
  function look() {
    var asked = (turn += 1);
    var waiting = drivers.length;
    var found = [];
    var failures = {};
    drop();
    busy = true;
    entries = [];
    empty(list);
    again.parentNode.setAttribute('hidden', '');
    say('looking');
    function over() {
      waiting -= 1;
      if (waiting > 0) return;
      entries = keep(found, function (entry) {
        return entry.certificate.usage !== 'encrypt' && isOurs(entry.certificate);
      });
      if (entries.length) {
        show();
        say('found', { count: entries.length });
      } else if (found.length) say('not-this-entity');
      else {
        say(
          keep(RANK, function (name) {
            return failures[name];
          })[0] || 'no-assistant'
        );
      }
      rest(entries.length > 0);
    }
    each(drivers, function (driver) {
      var answers = first(asked, ANSWER_MS, {
        done: function (certificates) {
          if (!certificates.length) failures['no-certificates'] = true;
          each(certificates, function (certificate) {
            found.push({ driver: driver, certificate: certificate });
          });
          over();
        },
        failed: function (failure, more) {
          failures[wordOf(failure, more)] = true;
          over();
        }
      });
      driver.list(answers.done, answers.failed);
    });
  }

  /* The page as it would be now holds a challenge that has its three minutes before it. */
  function freshChallenge(done, failed) {
    var request = new XMLHttpRequest();
    request.onload = safely(function () {
      var found = /<input[^>]*\bid="challenge"[^>]*\bvalue="([A-Za-z0-9+/=]+)"/.exec(request.responseText);
      if (request.status === 200 && found) done(found[1]);
      else failed('page-expired');
    });
    request.onerror = safely(function () {
      failed('page-expired');
    });
    request.open('GET', box.getAttribute('data-challenge-from'));
    request.send();
  }
  function sign(entry) {
    var asked = (turn += 1);
    var challenge;
    var address;
    var answers = first(asked, SIGNING_MS, {
      done: function (signed) {
        byId('challenge').value = challenge;
        byId('certificate').value = signed.certificate;
        byId('signature').value = signed.signature;
        say('sending');
        sending = true;
        submit.click();
        sending = false;
      },
      failed: function (failure, more) {
        drop();
        say(wordOf(failure, more), more);
        rest(true);
      }
    });
    busy = true;
    signing = entry.driver;
    again.parentNode.setAttribute('hidden', '');
    setTimeout(
      safely(function () {
        if (turn === asked && busy) offerAgain(false);
      }),
      CALM_MS
    );
    address = entry.driver.begin ? entry.driver.begin() : undefined;
    say('confirm', {}, address);
    freshChallenge(function (fresh) {
      challenge = fresh;
      entry.driver.sign(fresh, entry.certificate.thumbprint, answers.done, answers.failed);
    }, answers.failed);
  }

  var pressed = safely(function (event) {
    var chosen = keep(entries, function (entry) {
      return choices()[entries.indexOf(entry)].checked;
    })[0];
    /* Our own press, or what somebody has signed by hand. */
    if (sending || byId('signature').value !== '') return;
    event.preventDefault();
    if (busy) return;
    if (chosen) sign(chosen);
    else if (entries.length) {
      say('choose');
      choices()[0].focus();
    } else look();
  });

  /* The choice is for the script alone: no field of the form. */
  function unsent() {
    each(choices(), function (radio) {
      radio.disabled = true;
    });
    setTimeout(function () {
      each(choices(), function (radio) {
        radio.disabled = false;
      });
    }, 0);
  }
  /* Back from the next page: that signature is spent. */
  function returned(event) {
    if (!event.persisted) return;
    byId('signature').value = '';
    look();
  }

  var start = safely(function () {
    var form = box;
    var makers = window.tongxingDrivers || {};
    var origins = {};
    while (form.tagName !== 'FORM') form = form.parentNode;
    each(keep((box.getAttribute('data-assistants') || '').split(','), Boolean), function (item) {
      var id = item.slice(0, item.indexOf('='));
      if (!origins[id]) origins[id] = [];
      origins[id].push(item.slice(item.indexOf('=') + 1));
    });
    for (var id in origins) {
      if (makers[id]) drivers.push(makers[id](origins[id], { ask: ask, unreachable: unreachable }));
    }
    if (!drivers.length || !submit) return;
    /* What was wrong is read where it is to be put right. */
    each(['certificate-error', 'signature-error'], function (name) {
      var place = byId(name) && picker.insertBefore(document.createElement('div'), picker.firstChild);
      if (!place) return;
      place.className = 'field refused';
      place.appendChild(byId(name));
    });
    picker.removeAttribute('hidden');
    byHand.removeAttribute('open');
    each([submit, byId('default-submit')], function (button) {
      if (button) button.addEventListener('click', pressed);
    });
    again.addEventListener('click', look);
    form.addEventListener('submit', unsent);
    window.addEventListener('pageshow', returned);
    look();
  });
  if (box && window.XMLHttpRequest) start();
})();
