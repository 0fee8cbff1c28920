<?php
declare(strict_types=1);
require __DIR__ . '/portal.php';

start();
$client = client();
$client->addScope(['profile']);
$level = ($_GET['level'] ?? '') === '1' ? 1 : 0;
if ($level > 0) {
    // a level as a must, and the data that the page needs
    $client->addScope(['real_name']);
    $must = ['id_token' => ['acr' => ['essential' => true, 'values' => [LEVEL . $level]]]];
    $client->addAuthParam(['claims' => json_encode($must)]);
}
$client->requestAuthorization(ORIGIN . '/callback.php', ['level' => $level]);
