<?php
declare(strict_types=1);
require __DIR__ . '/portal.php';

// A page that needs level 1: without it, to the provider.
start();
$user = $_SESSION['user'] ?? null;
if (($user['level'] ?? -1) < 1) {
    header('Location: /login.php?level=1', true, 303);
    exit;
}
page('<p id="apply">' . htmlspecialchars($user['name']) . ' may apply.</p><a id="home" href="/index.php">Back</a>');
