<?php
declare(strict_types=1);
require __DIR__ . '/portal.php';

header('Cache-Control: no-store');
try {
    $ended = client()->verifyLogoutToken((string) ($_POST['logout_token'] ?? ''));
} catch (OpenIDConnectClientException $refusal) {
    error_log($refusal->getMessage());
    http_response_code(400);
    exit;
}
// Each token of ours names a login (`sid`): its session ends. Used twice, it finds nothing any more.
$file = loginFile((string) ($ended->sid ?? ''));
if (is_file($file)) {
    session_save_path(STATE);
    session_name('portal');
    session_id((string) file_get_contents($file));
    session_start(['use_cookies' => 0]);
    $_SESSION = [];
    session_destroy();
    unlink($file);
}
