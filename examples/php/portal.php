<?php
declare(strict_types=1);

require __DIR__ . '/oidc.php';

/** Where sessions, keys and "which login is which session" are kept: outside of the web root in earnest. */
define('STATE', getenv('STATE') ?: sys_get_temp_dir() . '/tongxing-example-portal-' . get_current_user());
is_dir(STATE) || mkdir(STATE, 0700, true);
define('ORIGIN', getenv('ORIGIN') ?: 'http://localhost:8000');
const LEVEL = 'urn:tongxing:level:';

function client(): OpenIDConnectClient
{
    return new OpenIDConnectClient(
        getenv('ISSUER') ?: 'http://localhost:3000',
        getenv('CLIENT_ID') ?: 'demo-php',
        getenv('CLIENT_SECRET') ?: 'demo-only-not-a-secret-demo-only-not-a-secret',
    );
}

function start(): void
{
    session_save_path(STATE);
    session_name('portal');
    session_start([
        'use_strict_mode' => 1,
        'cookie_httponly' => 1,
        'cookie_samesite' => 'Lax',
        'cookie_secure' => str_starts_with(ORIGIN, 'https:') ? 1 : 0,
    ]);
}

/** The file that names the session of one login at the provider. */
function loginFile(string $sid): string
{
    return STATE . '/login-' . hash('sha256', $sid);
}

/** Takes a logout token's `jti` once. @param int $until when the token is too old anyway */
function takeOnce(string $jti, int $until): void
{
    foreach (array_filter(glob(STATE . '/jti-*'), fn ($file) => filemtime($file) < time()) as $old) {
        unlink($old);
    }
    $file = STATE . '/jti-' . hash('sha256', $jti);
    $taken = @fopen($file, 'x') ?: throw new OpenIDConnectClientException('a replay');
    fclose($taken);
    touch($file, $until);
}

/** The number of a level; what is none of them counts for nothing. */
function levelOf(mixed $acr): int
{
    return is_string($acr) && preg_match('/^' . LEVEL . '([0-3])$/', $acr, $found) ? (int) $found[1] : -1;
}

function page(string $body, int $status = 200): void
{
    http_response_code($status);
    header('Cache-Control: no-store');
    echo "<!doctype html><meta charset=\"utf-8\"><title>Portal</title>$body";
}
