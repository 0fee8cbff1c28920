/** Looks every two seconds whether the phone has said yes, and then goes on. ES5, as all our scripts. */
export const SCAN_SCRIPT = `(function () {
  var ticket = document.getElementById('alipay-scan-check').getAttribute('data-ticket');
  function look() {
    var request = new XMLHttpRequest();
    request.open('GET', '/sandbox/alipay/scanned/' + ticket);
    request.onload = function () {
      if (request.status === 200 && JSON.parse(request.responseText).confirmed) {
        window.location.href = '/sandbox/alipay/after-scan/' + ticket;
        return;
      }
      if (request.status === 200) window.setTimeout(look, 2000);
    };
    request.send();
  }
  look();
})();
`;
