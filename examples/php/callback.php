<?php
declare(strict_types=1);
require __DIR__ . '/portal.php';

start();
$client = client();
try {
    $attempt = $client->authenticate();
    $level = levelOf($client->getVerifiedClaims('acr'));
    // "At least", and from the ID token: whatever was asked for in the address is the user's to edit.
    $level >= $attempt['level'] or throw new OpenIDConnectClientException('the level was not reached');
    $userinfo = $client->requestUserInfo();
} catch (OpenIDConnectClientException $refusal) {
    // access_denied: the person has declined. They stay as they were, logged in or not.
    $isDeclined = $refusal->getMessage() === 'access_denied';
    error_log($refusal->getMessage());
    page($isDeclined
        ? '<p id="declined">access_denied</p><a id="home" href="/index.php">Back</a>'
        : '<p id="failed">This did not work. <a id="log-in" href="/login.php">Try again</a></p>', $isDeclined ? 200 : 400);
    exit;
}
session_regenerate_id(true); // a new one: nobody else can have planted it
$_SESSION['user'] = [
    'sub' => $client->getVerifiedClaims('sub'), // the one key of the portal's own table of users
    'sid' => $client->getVerifiedClaims('sid'),
    'kind' => $client->getVerifiedClaims('account_kind'),
    'level' => $level,
    'idToken' => $client->getIdToken(),
    'name' => $userinfo->real_name ?? $userinfo->name ?? '',
];
$login = ['session' => session_id(), 'sub' => $_SESSION['user']['sub']];
file_put_contents(loginFile($_SESSION['user']['sid']), json_encode($login), LOCK_EX);
header('Location: /index.php', true, 303);
