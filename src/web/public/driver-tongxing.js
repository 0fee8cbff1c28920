/* Driver of the reference certificate assistant (npm run assistant). ES5. How to write another: docs/certificates.md. */
(function () {
  'use strict';
  var POLL_MS = 500;
  var OPENING_MS = 100;
  var LONGEST_OPENING_MS = 3000;
  var WINDOW = 'width=520,height=720,resizable=yes,scrollbars=yes';
  var drivers = (window.tongxingDrivers = window.tongxingDrivers || {});

  /* 128 bits in hex: the window that is opened now, and the request that follows, find each other by it. */
  function newTicket() {
    var text = '';
    var bytes = window.crypto && crypto.getRandomValues ? crypto.getRandomValues(new Uint8Array(16)) : null;
    for (var i = 0; i < 16; i += 1) {
      var byte = bytes ? bytes[i] : Math.floor(Math.random() * 256);
      text += (byte < 16 ? '0' : '') + byte.toString(16);
    }
    return text;
  }

  /* As it begins; the assistant's page is of another origin, and its address is not ours to read. */
  function isEmpty(other) {
    try {
      return other.location.href === 'about:blank';
    } catch (forbidden) {
      return !forbidden;
    }
  }

  drivers.tongxing = function (origins, tools) {
    var origin = origins[0];
    var ticket;
    var opened;
    var seen;

    function failing(failed) {
      return function (answer) {
        if (answer) failed(answer.error || 'error', answer);
        else tools.unreachable(origin + '/alive.png', failed);
      };
    }

    /* Closed without a decision; some browsers never show us a window of another zone as open, and say nothing then. */
    function isShut() {
      if (opened && !opened.closed) seen = true;
      return seen && opened.closed;
    }

    /* Chromium may keep for good a window that it is asked to close while its first page arrives: that is waited for. */
    function leave(other, left, patience) {
      if (!other || other.closed || ticket !== left) return;
      if (isEmpty(other) && patience > 0) {
        setTimeout(function () {
          leave(other, left, patience - OPENING_MS);
        }, OPENING_MS);
      } else other.close();
    }

    /* @param shut whether the window was closed a poll ago: what was decided in it has had its time to arrive */
    function poll(signing, shut, done, failed) {
      tools.ask(
        'GET',
        origin + '/v1/signatures/' + signing,
        null,
        function (answer) {
          if (answer.state === 'signed') done({ certificate: answer.certificate, signature: answer.signature });
          else if (answer.state !== 'waiting') failed(answer.state, answer);
          else if (shut) failed('cancelled');
          else {
            shut = isShut();
            setTimeout(function () {
              poll(signing, shut, done, failed);
            }, POLL_MS);
          }
        },
        failing(failed)
      );
    }

    return {
      id: 'tongxing',
      list: function (done, failed) {
        tools.ask(
          'GET',
          origin + '/v1/certificates',
          null,
          function (answer) {
            done(answer.certificates);
          },
          failing(failed)
        );
      },
      /* On the click itself, or pop-up blockers shut the window. */
      begin: function () {
        ticket = newTicket();
        var shown = origin + '/sign/' + ticket + '?lang=' + document.documentElement.lang;
        seen = false;
        opened = window.open(shown, 'tongxing-assistant', WINDOW);
        return shown;
      },
      /* Nothing comes of it: the window has nothing to wait for, unless another signature has begun in it. */
      end: function () {
        leave(opened, ticket, LONGEST_OPENING_MS);
      },
      sign: function (bytes, thumbprint, done, failed) {
        var signing = ticket;
        var order = { ticket: signing, bytes: bytes, thumbprint: thumbprint };
        tools.ask(
          'POST',
          origin + '/v1/signatures',
          order,
          function () {
            poll(signing, false, done, failed);
          },
          failing(failed)
        );
      }
    };
  };
})();
