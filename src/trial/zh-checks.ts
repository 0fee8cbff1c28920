import type { CheckId } from './check.js';
import { check } from './check-words.js';
import type { CheckWords } from './check-words.js';

const NOBODY = '没有人登录';
const WAY_ON = '门户的页面说明情况并给出去路，没有人登录';
const REFUSED = '回答 400，会话照旧';
const LIBRARY = '登录之前由程序库验证 ID 令牌';
const ALGORITHM = '只允许 RS256（或登记过的 ES256），绝不依令牌自己写的算法';

export const checks: Record<CheckId, CheckWords> = {
  issuer: check(
    '元数据写着另一个签发者',
    '门户不接着用它',
    '把元数据里的 `issuer` 和读取它的地址相比；程序库拿到签发者地址时会自己比',
  ),
  login: check(
    '一次登录，看页面',
    '登录后页面认得此人，登录前谁也不认得',
    '先让登录通：签发者、回调地址，还有 --page（能看出谁登录了的页面）',
  ),
  discovery: check(
    '各端点的地址从哪里来',
    '读过元数据',
    '读 /.well-known/openid-configuration，不要把端点地址写在设置里',
  ),
  state: check('各次登录的 `state`', '都有，至少 16 个字符，每次不同', '每次登录用密码学随机数新生成 `state`'),
  nonce: check('各次登录的 `nonce`', '都有，至少 16 个字符，每次不同', '每次登录用密码学随机数新生成 `nonce`'),
  pkce: check(
    'PKCE',
    '有 S256 的 `code_challenge`，每次不同，令牌端点收到对应的 verifier',
    '在程序库里打开 PKCE，方法 S256',
  ),
  'redirect-uri': check(
    '`redirect_uri`',
    '每次登录和在令牌端点都是同一个，在门户上，不带片段',
    '发送登记的地址，一字不差；取自设置，不取自请求',
  ),
  scope: check(
    '`scope` 和 `response_type`',
    '用授权码流程请求了 `openid`',
    '`response_type` 为 `code`，`scope` 含 `openid`',
  ),
  'client-auth': check(
    '门户在令牌端点',
    '证明自己就是发出请求的站点；公开站点用 PKCE',
    '用 client_secret_basic（两部分都先做表单编码）、client_secret_post 或 private_key_jwt',
  ),
  'wrong-state': check('回来的 `state` 是另一个', NOBODY, '兑换授权码之前，把 `state` 和此浏览器发起时的相比'),
  'wrong-nonce': check(
    'ID 令牌的 `nonce` 是另一个，或没有',
    NOBODY,
    '把 ID 令牌的 `nonce` 和此浏览器发起时的相比；没有也算错',
  ),
  'id-token-issuer': check('另一个签发者的 ID 令牌', NOBODY, `${LIBRARY}：\`iss\` 是签发者`),
  'id-token-audience': check('给另一个站点的 ID 令牌', NOBODY, `${LIBRARY}：\`aud\` 是您的 client_id`),
  'id-token-expired': check('过期的 ID 令牌', NOBODY, `${LIBRARY}：\`exp\` 未过，最多宽一分钟`),
  'alg-none': check('没有签名的 ID 令牌', NOBODY, ALGORITHM),
  'alg-hmac': check('用公钥做 HMAC 的 ID 令牌', NOBODY, ALGORITHM),
  signature: check('冒用我们的密钥编号、由别的密钥签的 ID 令牌', NOBODY, `${LIBRARY}：用此 \`kid\` 的公钥验证签名`),
  'unknown-key': check('由没有公布的密钥签的 ID 令牌', NOBODY, `${LIBRARY}：jwks_uri 上没有的 \`kid\` 要拒绝`),
  'rotated-key': check(
    '由刚公布的密钥签的 ID 令牌',
    '门户重新读取公钥，此人登录',
    '遇到新的 `kid` 就再读 jwks_uri，但几秒内最多一次',
  ),
  'login-csrf': check(
    '属于另一个浏览器的回答',
    NOBODY,
    '把每次登录和发起它的浏览器绑定：`state` 存在会话里，或存在单独的 Cookie 里',
  ),
  'replayed-code': check(
    '同一个回答再来一次，也用登录前的 Cookie 再来一次',
    '门户的页面，第二个浏览器没有登录',
    '`state` 第一次用过就作废；登录完不成时给一个有去路的页面',
  ),
  'userinfo-sub': check(
    '别人的 userinfo',
    NOBODY,
    '把 userinfo 的 `sub` 和 ID 令牌的 `sub` 相比（OpenID Connect Core 5.3.2）',
  ),
  'max-age': check('ID 令牌的 `auth_time` 超过了 `max_age`', NOBODY, '把 `auth_time` 和所请求的 `max_age` 相比'),
  'access-denied': check(
    '用户取消（`access_denied`）',
    WAY_ON,
    '在回调地址处理 `error`：用一句话说明，可以不登录继续，也可以重试',
  ),
  'expired-session': check(
    '统一帐号的会话已经没有（`login_required`）',
    WAY_ON,
    '把 `login_required` 和 `interaction_required` 当作已退出：给出登录入口，不要立刻再跳转',
  ),
  'provider-away': check(
    '统一帐号暂时不可用（`temporarily_unavailable`）',
    WAY_ON,
    '说明登录暂时不可用，并给出重试的入口',
  ),
  'expired-code': check('授权码已过期（`invalid_grant`）', WAY_ON, '处理令牌端点的错误：给出重新登录的页面'),
  'error-markup': check(
    '`error` 和 `error_description` 里有标记',
    '不作为标记显示',
    '对地址带来的内容转义；最好按 `error` 显示自己的句子',
  ),
  'session-cookie': check(
    '会话的 Cookie',
    '有 HttpOnly 和 SameSite=Lax，https 上有 Secure',
    '给会话的 Cookie 加上这些属性',
  ),
  'session-lifetime': check(
    '这个 Cookie 的有效期',
    '随浏览器结束，或最多 12 小时',
    'Cookie 随浏览器结束；服务器上的会话闲置 30 分钟、最长 12 小时',
  ),
  'session-renewed': check(
    '登录后用登录前的 Cookie',
    NOBODY,
    '登录时换新的会话编号（session_regenerate_id(true)、changeSessionId()、regenerate()）',
  ),
  'step-up': check(
    '需要等级的页面',
    '门户请求此等级，达到后页面打开',
    '用 `claims` 请求 essential 的 `acr`；检查 --level、--level-page、--step-up、--level-shows',
  ),
  'step-up-higher': check('比所请求的更高的等级', '页面打开', '等级按“至少”比较，不按相等'),
  'step-up-declined': check(
    '用户不愿升级（`access_denied`）',
    '页面不打开，此人仍登录着，页面给出去路',
    '会话保持原样，并说明不升级还能做什么',
  ),
  'step-up-lower': check(
    'ID 令牌的 `acr` 较低、没有，或不是我们的等级',
    '页面不打开',
    '每次登录后读 ID 令牌的 `acr`，比较整个值；您所请求的不能证明什么',
  ),
  'account-kind': check('此等级的另一类帐号', '页面不打开', '检查 ID 令牌的 `account_kind`'),
  logout: check(
    '在门户退出',
    '门户的会话结束，浏览器到 end_session_endpoint',
    '先结束自己的会话，再转到 end_session_endpoint',
  ),
  'logout-hint': check(
    '那次退出的 `id_token_hint`',
    '是这次登录的 ID 令牌',
    '会话里保留 ID 令牌，作为 `id_token_hint` 发送',
  ),
  'logout-return': check(
    '退出后回来',
    '门户的页面，没有人登录',
    '发送登记的 `post_logout_redirect_uri`，是不需要登录的页面',
  ),
  'backchannel-sid': check(
    '带 `sid` 的退出令牌',
    '回答 200，只有那个会话结束',
    '会话保存在服务器上，记着 ID 令牌的 `sid`，结束所指的那个',
  ),
  'backchannel-sub': check(
    '只有 `sub` 的退出令牌',
    '回答 200，此人的会话都结束，别人的不动',
    '没有 `sid` 时，结束此 `sub` 的所有会话',
  ),
  'backchannel-no-store': check('对退出令牌的回答', 'Cache-Control: no-store', '发送 Cache-Control: no-store'),
  'backchannel-signature': check('不是统一帐号签的退出令牌', REFUSED, '和 ID 令牌一样验证签名'),
  'backchannel-issuer': check('另一个签发者的退出令牌', REFUSED, '把 `iss` 和签发者相比'),
  'backchannel-audience': check('给另一个站点的退出令牌', REFUSED, '把 `aud` 和您的 client_id 相比'),
  'backchannel-expired': check('过期的退出令牌', REFUSED, '检查 `exp`，并且 `iat` 最多在几分钟之前'),
  'backchannel-event': check(
    '不是退出令牌的令牌',
    REFUSED,
    '要求 `events` 里有 http://schemas.openid.net/event/backchannel-logout',
  ),
  'backchannel-nonce': check('带 `nonce` 的退出令牌', REFUSED, '拒绝带 `nonce` 的令牌：那是 ID 令牌'),
  'backchannel-replay': check(
    '同一个退出令牌再来一次',
    '回答 400，新的会话照旧',
    '令牌过期之前记住每个 `jti`，同一个不收第二次',
  ),
};
