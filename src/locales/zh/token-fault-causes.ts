/** The rest of `faultCauses`: redeeming codes and tokens, userinfo, proving who the site is. */
export const tokenFaultCauses = {
  'grant-type': {
    title: '`grant_type` 不能用',
    expected: '登记过的一种。',
    cure: '换令牌用 `authorization_code`；要用 `refresh_token`，请先登记。不支持用户名加密码的方式。',
  },
  'code-unknown': {
    title: '找不到授权码',
    expected: '刚收到的授权码，一分钟之内。',
    cure: '收到后立即在服务器上兑换，只兑换一次。隔了一会儿的、用过后又来的、拼接错的，都是这个结果。',
  },
  'code-expired': {
    title: '授权码已过期',
    expected: '授权码在一分钟之内兑换。',
    cure: '收到后立即兑换；检查服务器是否被别的请求堵住。',
  },
  'code-used': {
    title: '授权码用过了',
    expected: '每个授权码只兑换一次。',
    cure: '防止用户刷新回调页面时再兑换：换到令牌后立即跳转。第一次得到的令牌已经失效，请重新登录。',
  },
  'code-redirect-uri': {
    title: '换令牌时 `redirect_uri` 不同',
    expected: '与这次登录请求里的 `redirect_uri` 逐字相同。',
    cure: '两处用同一个配置项，不要由收到的请求拼出地址。',
  },
  'code-verifier-missing': {
    title: '缺少 `code_verifier`',
    expected: '登录请求带了 `code_challenge`，这里就要带 `code_verifier`。',
    cure: '把生成的 `code_verifier` 存在用户的会话里，兑换时带上。',
  },
  'code-verifier': {
    title: '`code_verifier` 对不上',
    expected: '这次登录的 `code_verifier`，与 `code_challenge` 对应。',
    cure: '检查会话：多个窗口登录时不能互相覆盖，请按 `state` 存放；计算用 `S256`。',
  },
  'code-verifier-form': {
    title: '`code_verifier` 的格式不对',
    expected: '43 到 128 个字符，只含字母、数字和 `-._~`。',
    cure: '用客户端库生成，或用 32 个随机字节作 `base64url` 编码。',
  },
  'refresh-token-used': {
    title: '刷新令牌用过了',
    expected: '最近一次收到的刷新令牌。',
    cure: '每次刷新后保存新的令牌，并发的请求要排队。旧的被用第二次，这一组令牌全部失效，请重新登录。',
  },
  'refresh-token-unknown': {
    title: '刷新令牌已失效',
    expected: '还有效的刷新令牌。',
    cure: '会话已结束、授权已收回或令牌已过期：请用户重新登录，不要反复重试。',
  },
  'refresh-scope': {
    title: '刷新时要的范围太多',
    expected: '不超过当初得到的范围。',
    cure: '刷新时不带 `scope`；要更多的范围，请重新登录请求。',
  },
  'of-another-site': {
    title: '授权码或令牌是别的站点的',
    expected: '发给本站点的授权码或令牌。',
    cure: '检查配置：多个站点或多个环境的 `client_id` 是否弄混。',
  },
  'grant-ended': {
    title: '授权已结束',
    expected: '帐号、会话和授权在兑换时仍然有效。',
    cure: '用户退出了、收回了授权或帐号已停用：请重新登录。',
  },
  'access-token-missing': {
    title: '没有访问令牌',
    expected: '请求头 `Authorization: Bearer` 加访问令牌。',
    cure: '加上请求头；检查服务器或代理有没有去掉它（`Apache` 下的 `PHP` 常见）。',
  },
  'access-token-place': {
    title: '访问令牌放错了地方',
    expected: '访问令牌只放在请求头里，不放在地址里。',
    cure: '改用 `Authorization: Bearer`；地址会留在日志里。',
  },
  'bearer-header': {
    title: '`Authorization` 的格式不对',
    expected: '`Authorization: Bearer`，一个空格，再接访问令牌。',
    cure: '检查拼写、空格和换行；这里不用站点的密钥。',
  },
  'access-token-unknown': {
    title: '访问令牌已失效',
    expected: '十分钟之内得到的访问令牌。',
    cure: '登录后立即取用户信息，存下结果；不要把身份令牌当作访问令牌。',
  },
  'access-token-ended': {
    title: '会话或授权已结束',
    expected: '会话、授权和帐号仍然有效。',
    cure: '用户已退出或收回了授权：请重新登录。',
  },
  'access-token-scope': {
    title: '访问令牌没有这个范围',
    expected: '访问令牌带有这个范围。',
    cure: '在登录请求的 `scope` 里写上，包括 `openid`。',
  },
  'client-secret': {
    title: '密钥不对',
    expected: '登记的密钥，逐字相同。',
    cure: '检查末尾的换行和空格、环境是否弄混、密钥是否已更换；用请求头时标识和密钥都先作表单编码再作 `base64`。',
  },
  'authentication-method': {
    title: '证明身份的方法与登记的不同',
    expected: '用登记的方法证明身份。`client_secret_basic` 与 `client_secret_post` 通用。',
    cure: '在客户端库里改方法，或请运营方改登记。没有密钥的站点不要发送 `client_secret`。',
  },
  'authentication-missing': {
    title: '没有证明身份',
    expected: '带上 `client_id` 和登记的证明。',
    cure: '加上请求头 `Authorization: Basic`，或在正文里放 `client_id` 和 `client_secret`。',
  },
  'authentication-twice': {
    title: '证明身份的方法不止一种',
    expected: '只用一种方法证明身份。',
    cure: '请求头和正文里的密钥只留一个。',
  },
  'client-id-differs': {
    title: '几处 `client_id` 不同',
    expected: '请求头、正文和断言里的 `client_id` 相同。',
    cure: '只从一处配置取 `client_id`。',
  },
  'authorization-header': {
    title: '`Authorization` 的编码不对',
    expected: '`Authorization: Basic`，后接 `base64`，内容是表单编码的标识、冒号、表单编码的密钥。',
    cure: '用客户端库生成；密钥里的特殊字符要先用 `rawurlencode` 编码，末尾不能有换行。',
  },
  'assertion-type': {
    title: '`client_assertion_type` 不对',
    expected: '与 `client_assertion` 一起发送，值如所列。',
    cure: '照所列的值写，一字不差。',
  },
  'assertion-issuer': {
    title: '断言的 `iss` 或 `sub` 不对',
    expected: '断言里的 `iss` 和 `sub` 都是本站点的 `client_id`。',
    cure: '两项都填 `client_id`。',
  },
  'assertion-audience': {
    title: '断言的 `aud` 不对',
    expected: '断言里的 `aud` 是本服务的标识，一个字符串。',
    cure: '填元数据里的 `issuer`，逐字相同，末尾不加斜线。',
  },
  'assertion-algorithm': {
    title: '断言的签名算法不对',
    expected: '登记的签名算法；金融级站点用 `PS256`、`ES256` 或 `EdDSA`。',
    cure: '在客户端库里改算法，与登记的密钥相配。',
  },
  'assertion-key': {
    title: '断言的签名或 `kid` 对不上',
    expected: '用登记的密钥签名，`kid` 是其中之一。',
    cure: '更换密钥时先登记新的公钥，再用它签名；检查 `kid` 是否写对。',
  },
  'jwks-uri': {
    title: '取不到 `jwks_uri`',
    expected: '登记的 `jwks_uri` 能取到公钥。',
    cure: '检查这个地址从外面能否打开，是否返回 `JSON`；服务要能访问它。',
  },
  'assertion-expired': {
    title: '断言已过期',
    expected: '断言还没有过期，容许相差 15 秒。',
    cure: '校准服务器的时钟；相差 8 小时是把当地时间当作了世界时。有效期一分钟即可，每次新签一个。',
  },
  'assertion-early': {
    title: '断言的时间在将来',
    expected: '断言的签发时间不在将来，容许相差 15 秒。',
    cure: '校准服务器的时钟；相差 8 小时是把当地时间当作了世界时。',
  },
  'assertion-jti': {
    title: '断言没有 `jti`',
    expected: '每个断言有一个不重复的 `jti`。',
    cure: '每次生成一个随机的 `jti`。',
  },
  'assertion-used': {
    title: '断言用过了',
    expected: '每个断言只用一次。',
    cure: '每次请求新签一个断言，不要缓存；重试时也是。',
  },
  'assertion-form': {
    title: '断言读不出来',
    expected: '一个签了名的 `JWT`。',
    cure: '用客户端库生成，检查传送中有没有被截断。',
  },
  other: {
    title: '别的原因',
    expected: '符合标准的请求。',
    cure: '看 `error_description`；看不明白，请把错误编号告诉运营方。',
  },
};
