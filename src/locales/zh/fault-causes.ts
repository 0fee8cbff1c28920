/** What a site did wrong, for its developer: what is expected, and what to do. Code stands between backticks. */
export const faultCauses = {
  missing: {
    title: '缺少参数',
    expected: '请求里应有这些参数，一个也没有收到。',
    cure: '补上参数再请求。表单要用 `POST` 发送，参数放在正文里，不放在地址里。',
  },
  twice: {
    title: '参数重复',
    expected: '每个参数只出现一次。',
    cure: '去掉重复的参数。常见的原因是地址里已有一个，程序又加了一个。',
  },
  'wrong-host': {
    title: '请求用了别的主机名',
    expected: '请求发到签发者的地址，主机名和端口与发现文档里的一致。',
    cure: '用发现文档里的接口地址，不要用内网地址；中间有代理时，让它原样传递 `Host`。',
  },
  'too-large': {
    title: '请求太大',
    expected: '登录请求和退出请求不超过 8192 字节，其他请求不超过 57344 字节。',
    cure: '把自己的数据存在服务器上，`state` 里只放一个编号。',
  },
  'content-type': {
    title: '正文的格式',
    expected: '正文用表单编码，`Content-Type` 与此一致。',
    cure: '用 `http_build_query` 一类的函数生成正文，不要发送 `JSON`。',
  },
  origin: {
    title: '由浏览器里的脚本请求',
    expected: '由站点的服务器请求，不由浏览器里的脚本请求。',
    cure: '把请求移到服务器上；密钥和令牌都不应到浏览器里。',
  },
  'redirect-uri': {
    title: '`redirect_uri` 没有登记',
    expected: '与登记的某个回调地址逐字相同。',
    cure: '核对协议、域名、端口、路径、大小写和末尾的斜线；地址确实变了，请运营方改登记。',
  },
  'post-logout-redirect-uri': {
    title: '`post_logout_redirect_uri` 没有登记',
    expected: '与登记的某个退出后地址逐字相同。',
    cure: '核对后改请求，或登记这个地址。带着 `state` 的部分不要写进地址里。',
  },
  'response-type': {
    title: '`response_type` 不支持',
    expected: '只有授权码流程：`code`。',
    cure: '把 `response_type` 设为 `code`，在服务器上用授权码换令牌。',
  },
  'response-mode': {
    title: '`response_mode` 不支持',
    expected: '回答放在地址里（`query`、`fragment`）或用表单送回（`form_post`）。',
    cure: '去掉 `response_mode`，或用其中一个值。',
  },
  'code-challenge-method': {
    title: '`code_challenge_method` 不支持',
    expected: '与 `code_challenge` 一起发送，值为 `S256`。',
    cure: '在客户端库里打开 `PKCE`，方法选 `S256`；不支持 `plain`。',
  },
  'code-challenge': {
    title: '`code_challenge` 缺少或格式不对',
    expected: '`code_verifier` 的 `SHA-256` 值，用 `base64url` 编码，43 个字符。',
    cure: '在客户端库里打开 `PKCE`。自己计算时不要用十六进制，也不要留末尾的等号。',
  },
  'openid-scope': {
    title: '`scope` 里没有 `openid`',
    expected: '`scope` 里有 `openid`。',
    cure: '在 `scope` 里加上 `openid`。',
  },
  scope: {
    title: '`scope` 里有没登记的范围',
    expected: '只请求登记过的范围，用空格分开。',
    cure: '去掉这个范围，或请运营方登记。',
  },
  prompt: {
    title: '`prompt` 的值不支持',
    expected: '列出的值；`none` 只能单独使用。',
    cure: '改用列出的值；要求重新登录用 `login`。',
  },
  'max-age': {
    title: '`max_age` 的值不对',
    expected: '秒数，非负整数。',
    cure: '把 `max_age` 写成整数，或去掉它。',
  },
  'id-token-hint': {
    title: '`id_token_hint` 不能用',
    expected: '发给本站点的身份令牌，原样不改；过期的也可以。',
    cure: '登录后保存收到的 `id_token`，退出时原样带上；重新部署后旧的密钥签的令牌请让用户不带它退出。',
  },
  'client-id': {
    title: '`client_id` 没有登记',
    expected: '登记过的 `client_id`。',
    cure: '核对拼写和环境：演示环境和正式环境的标识不同；被停用的站点也是这个结果。',
  },
  'not-supported': {
    title: '不支持的参数',
    expected: '参数直接放在请求里，或先推送再引用。',
    cure: '去掉 `request`、`request_uri` 或 `registration`；要保护参数，请用 `/oidc/par`。',
  },
  claims: {
    title: '`claims` 的格式不对',
    expected: '一个 `JSON` 对象，含 `id_token` 或 `userinfo`，其中每一项是对象或空值。',
    cure: '用 `json_encode` 生成，再按地址的规则编码；照着接入说明第 3 节的例子写。',
  },
  'pushed-request': {
    title: '应当先推送参数',
    expected: '先把参数推送到 `/oidc/par`，再带着得到的 `request_uri` 来。',
    cure: '本站点登记为必须推送：改用推送，或请运营方改登记。',
  },
  'request-uri': {
    title: '`request_uri` 已过期或用过',
    expected: '不到一分钟之前推送得到的 `request_uri`，没有用过。',
    cure: '每次登录推送一次，马上跳转；用户按后退键回来时，请从头开始登录。',
  },
};
