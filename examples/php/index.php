<?php
declare(strict_types=1);
require __DIR__ . '/portal.php';

start();
$user = $_SESSION['user'] ?? null;
if ($user === null) {
    page('<a id="log-in" href="/login.php">Log in</a>');
    exit;
}
[$sub, $kind, $name] = array_map('htmlspecialchars', [$user['sub'], $user['kind'], $user['name']]);
page("<p>Hello <b id=\"name\">$name</b>, level <b id=\"level\">{$user['level']}</b>, "
    . "<span id=\"sub\">$sub</span> ($kind)</p>"
    . '<a id="step-up" href="/apply.php">Something that needs level 1</a> '
    . '<a id="log-out" href="/logout.php">Log out</a>');
