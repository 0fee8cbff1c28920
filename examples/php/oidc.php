<?php
declare(strict_types=1);

/**
 * The part of OpenID Connect that a portal needs, without dependencies; its calls are named as those of
 * jumbojett/openid-connect-php are, which you may put in its place. PHP 8.1 with openssl, json and session.
 */
final class OpenIDConnectClient
{
    private array $scopes = ['openid'];
    private array $parameters = [];
    private ?object $claims = null;
    private string $idToken = '';
    private string $accessToken = '';

    public function __construct(private string $issuer, private string $id, private string $secret)
    {
    }

    public function addScope(array $scopes): void
    {
        $this->scopes = array_unique([...$this->scopes, ...$scopes]);
    }

    public function addAuthParam(array $parameters): void
    {
        $this->parameters = $parameters + $this->parameters;
    }

    /** Sends the browser to the provider, with state, nonce and PKCE that only this session knows. */
    public function requestAuthorization(string $redirectUri, array $remember = []): never
    {
        [$state, $nonce, $verifier] = array_map(fn () => self::random(), range(1, 3));
        $_SESSION['attempts'] = array_slice($_SESSION['attempts'] ?? [], -4, null, true);
        $_SESSION['attempts'][$state] = compact('nonce', 'verifier', 'redirectUri', 'remember');
        $query = $this->parameters + [
            'response_type' => 'code',
            'client_id' => $this->id,
            'redirect_uri' => $redirectUri,
            'scope' => implode(' ', $this->scopes),
            'state' => $state,
            'nonce' => $nonce,
            'code_challenge' => self::encode(hash('sha256', $verifier, true)),
            'code_challenge_method' => 'S256',
        ];
        self::redirect($this->provider('authorization_endpoint') . '?' . http_build_query($query));
    }

    /**
     * At the redirect address: redeems the code. @return array what was to be remembered
     * @throws OpenIDConnectClientException with the provider's `error` as its message, or for what is not to be believed
     */
    public function authenticate(): array
    {
        $state = (string) ($_GET['state'] ?? '');
        $attempt = $_SESSION['attempts'][$state] ?? null;
        unset($_SESSION['attempts'][$state]);
        self::demand($attempt !== null, 'this browser has not begun this login');
        self::demand(($_GET['iss'] ?? '') === $this->issuer, 'another provider has answered');
        if (isset($_GET['error'])) {
            throw new OpenIDConnectClientException((string) $_GET['error']);
        }
        $tokens = $this->post($this->provider('token_endpoint'), [
            'grant_type' => 'authorization_code',
            'code' => (string) ($_GET['code'] ?? ''),
            'redirect_uri' => $attempt['redirectUri'],
            'code_verifier' => $attempt['verifier'],
        ]);
        $claims = $this->verified($tokens->id_token);
        self::demand(hash_equals($attempt['nonce'], (string) ($claims->nonce ?? '')), 'a nonce of another login');
        [$this->claims, $this->idToken, $this->accessToken] = [$claims, $tokens->id_token, $tokens->access_token];
        return $attempt['remember'];
    }

    public function getVerifiedClaims(string $name): mixed
    {
        return $this->claims->$name ?? null;
    }

    public function getIdToken(): string
    {
        return $this->idToken;
    }

    public function requestUserInfo(): object
    {
        $userinfo = $this->get($this->provider('userinfo_endpoint'), ["Authorization: Bearer {$this->accessToken}"]);
        self::demand(($userinfo->sub ?? null) === $this->claims->sub, 'userinfo of somebody else');
        return $userinfo;
    }

    public function signOut(?string $idToken, string $redirect): never
    {
        $query = ['post_logout_redirect_uri' => $redirect, 'client_id' => $this->id];
        $query += $idToken === null ? [] : ['id_token_hint' => $idToken];
        self::redirect($this->provider('end_session_endpoint') . '?' . http_build_query($query));
    }

    /** At the back-channel address. @return object what it ends: `sid`, `sub`; with the `jti` that is to be taken once */
    public function verifyLogoutToken(string $token): object
    {
        $claims = $this->verified($token);
        $events = (array) ($claims->events ?? []);
        self::demand(isset($events['http://schemas.openid.net/event/backchannel-logout']), 'no logout token');
        self::demand(!isset($claims->nonce) && (isset($claims->sid) || isset($claims->sub)), 'no logout token');
        self::demand(isset($claims->jti), 'no logout token');
        return $claims;
    }

    /** Signature, issuer, audience and times. */
    private function verified(string $jwt): object
    {
        $parts = explode('.', $jwt);
        self::demand(count($parts) === 3, 'no token');
        [$header, $claims] = array_map(fn ($part) => json_decode(self::decode($part)), $parts);
        self::demand(($header->alg ?? '') === 'RS256', 'another algorithm');
        $key = $this->key((string) ($header->kid ?? ''));
        $isSigned = openssl_verify("$parts[0].$parts[1]", self::decode($parts[2]), $key, OPENSSL_ALGO_SHA256);
        self::demand($isSigned === 1, 'not signed by the provider');
        self::demand($claims->iss === $this->issuer, 'another issuer');
        self::demand(in_array($this->id, (array) $claims->aud, true), 'meant for another site');
        self::demand($claims->exp > time() - 60 && $claims->iat < time() + 60, 'too old, or of the future');
        return $claims;
    }

    /** Keys are kept by `kid` for an hour; one that is new is fetched at once. */
    private function key(string $kid): OpenSSLAsymmetricKey
    {
        $keys = $this->kept('keys', fn () => $this->get($this->provider('jwks_uri')));
        $isThere = fn ($set) => array_values(array_filter($set->keys, fn ($one) => ($one->kid ?? '') === $kid));
        $found = $isThere($keys) ?: $isThere($this->kept('keys', fn () => $this->get($this->provider('jwks_uri')), 10));
        self::demand($found !== [] && $found[0]->kty === 'RSA', 'a key that the provider does not have');
        $number = fn ($text) => self::der(2, (ord(self::decode($text)[0]) > 127 ? "\0" : '') . self::decode($text));
        $rsa = self::der(0x30, $number($found[0]->n) . $number($found[0]->e));
        $algorithm = hex2bin('300d06092a864886f70d0101010500');
        $der = self::der(0x30, $algorithm . self::der(3, "\0" . $rsa));
        $pem = "-----BEGIN PUBLIC KEY-----\n" . chunk_split(base64_encode($der), 64) . "-----END PUBLIC KEY-----\n";
        return openssl_pkey_get_public($pem) ?: throw new OpenIDConnectClientException('no key');
    }

    private function provider(string $name): string
    {
        $address = "{$this->issuer}/.well-known/openid-configuration";
        return $this->kept('metadata', function () use ($address) {
            $metadata = $this->get($address);
            self::demand($metadata->issuer === $this->issuer, 'metadata of another issuer');
            return $metadata;
        })->$name;
    }

    /** In a folder of the portal's own, never one that others write to. */
    private function kept(string $what, callable $fetch, int $seconds = 3600): object
    {
        $file = STATE . "/$what-" . hash('sha256', $this->issuer) . '.json';
        if (is_file($file) && filemtime($file) > time() - $seconds) {
            return json_decode(file_get_contents($file));
        }
        $value = $fetch();
        file_put_contents($file, json_encode($value), LOCK_EX);
        return $value;
    }

    private function get(string $url, array $headers = []): object
    {
        return self::answer($url, ['method' => 'GET', 'header' => $headers]);
    }

    private function post(string $url, array $form): object
    {
        $credentials = base64_encode(urlencode($this->id) . ':' . urlencode($this->secret));
        $headers = ["Authorization: Basic $credentials", 'Content-Type: application/x-www-form-urlencoded'];
        return self::answer($url, ['method' => 'POST', 'header' => $headers, 'content' => http_build_query($form)]);
    }

    private static function answer(string $url, array $request): object
    {
        $request += ['timeout' => 5, 'follow_location' => 0, 'ignore_errors' => true];
        $body = @file_get_contents($url, false, stream_context_create(['http' => $request]));
        $answer = json_decode((string) $body);
        self::demand(is_object($answer), 'the provider does not answer');
        if (isset($answer->error)) {
            throw new OpenIDConnectClientException((string) $answer->error);
        }
        return $answer;
    }

    private static function der(int $tag, string $content): string
    {
        $length = strlen($content);
        $bytes = $length < 128 ? chr($length) : ltrim(pack('N', $length), "\0");
        return chr($tag) . ($length < 128 ? $bytes : chr(0x80 | strlen($bytes)) . $bytes) . $content;
    }

    private static function redirect(string $url): never
    {
        header("Location: $url", true, 303);
        exit;
    }

    private static function demand(bool $isSo, string $or): void
    {
        $isSo or throw new OpenIDConnectClientException($or);
    }

    private static function random(): string
    {
        return self::encode(random_bytes(32));
    }

    private static function encode(string $bytes): string
    {
        return rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=');
    }

    private static function decode(string $text): string
    {
        return (string) base64_decode(strtr($text, '-_', '+/'), true);
    }
}

final class OpenIDConnectClientException extends Exception
{
}
