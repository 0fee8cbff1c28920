<?php
declare(strict_types=1);
require __DIR__ . '/portal.php';

header('Cache-Control: no-store');
try {
    $ended = client()->verifyLogoutToken((string) ($_POST['logout_token'] ?? ''));
    takeOnce((string) $ended->jti, (int) $ended->exp + 60);
} catch (OpenIDConnectClientException $refusal) {
    error_log($refusal->getMessage());
    http_response_code(400);
    exit;
}
// A token with a `sid` ends that login's session, one without ends every session of its `sub`.
session_save_path(STATE);
session_name('portal');
$files = isset($ended->sid) ? [loginFile((string) $ended->sid)] : glob(STATE . '/login-*');
foreach (array_filter($files, 'is_file') as $file) {
    $login = json_decode((string) file_get_contents($file));
    if (!isset($ended->sid) && $login->sub !== $ended->sub) {
        continue;
    }
    session_id($login->session);
    session_start(['use_cookies' => 0]);
    $_SESSION = [];
    session_destroy();
    unlink($file);
}
