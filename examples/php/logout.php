<?php
declare(strict_types=1);
require __DIR__ . '/portal.php';

start();
$user = $_SESSION['user'] ?? null;
$_SESSION = [];
session_destroy();
client()->signOut($user['idToken'] ?? null, ORIGIN . '/index.php');
