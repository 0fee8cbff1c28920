/* Driver of the reference certificate assistant (npm run assistant). ES5. How to write another: docs/certificates.md. */
(function () {
  'use strict';
  var POLL_MS = 500;
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

  drivers.tongxing = function (origins, tools) {
    var origin = origins[0];
    var ticket;
    var shown;

    function failing(failed) {
      return function (answer) {
        if (answer) failed(answer.error || 'error', answer);
        else tools.unreachable(origin + '/alive.png', failed);
      };
    }

    function poll(signing, done, failed) {
      tools.ask(
        'GET',
        origin + '/v1/signatures/' + signing,
        null,
        function (answer) {
          if (answer.state === 'waiting') {
            setTimeout(function () {
              poll(signing, done, failed);
            }, POLL_MS);
            return;
          }
          if (answer.state === 'signed') done({ certificate: answer.certificate, signature: answer.signature });
          else failed(answer.state, answer);
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
        shown = origin + '/sign/' + ticket + '?lang=' + document.documentElement.lang;
        window.open(shown, 'tongxing-assistant', WINDOW);
        return shown;
      },
      sign: function (bytes, thumbprint, done, failed) {
        var signing = ticket;
        var order = { ticket: signing, bytes: bytes, thumbprint: thumbprint };
        tools.ask(
          'POST',
          origin + '/v1/signatures',
          order,
          function () {
            poll(signing, done, failed);
          },
          failing(failed)
        );
      }
    };
  };
})();
