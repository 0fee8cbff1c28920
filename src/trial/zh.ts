import type { Words } from './en.js';
import { checks } from './zh-checks.js';

export const zh: Words = {
  help: `npm run try -- <门户地址> [选项]

上线前检查门户，说明要改什么。例如：
  npm run try -- http://localhost:8088 --login /login --page / \\
    --level-page /apply --logout /logout --backchannel /backchannel-logout

1. 启动它，它在 http://localhost:3010 扮演统一帐号。
2. 把门户的签发者（issuer）设成这个地址，重新启动门户；
   站点编号和密钥不用改。
3. 它等登录转到它，然后逐项检查，一项一行。

“npm run try”后面的 -- 不能省，否则选项会被 npm 拿走。
所有选项见 docs/connect-a-site.zh.md 第 8 节。`,
  results: { passed: '通过　', failed: '不通过', skipped: '未检查' },
  lines: {
    why: '（{why}）',
    seen: '看到',
    fix: '改法',
    guide: 'docs/connect-a-site.zh.md 第 {section} 节',
    listening: '试用的统一帐号在 {issuer}。请把门户的签发者（issuer）设成它，站点编号和密钥不用改。',
    waiting: '最多等 {seconds} 秒，等 {login} 转到它；门户若在启动时读设置，请现在重新启动门户。',
    noAnswer: '{portal} 没有回答：{reason}。',
    total: '通过 {passed} 项，不通过 {failed} 项，未检查 {skipped} 项',
    after: '请把门户的签发者改回原来的地址；加 --json report.json 可写出给运营方的报告。',
    written: '报告写在 {file}。',
    failed: '有 {failed} 项不通过',
  },
  unreachable: {
    ECONNREFUSED: '那里没有程序在听（{code}）；请启动门户，或改正主机名和端口',
    ECONNRESET: '连接被断开（{code}）；请看门户的日志，并核对是 http 还是 https',
    ENOTFOUND: '没有这个主机名（{code}）；请改正，或把它加到域名服务或 hosts 文件里',
    EAI_AGAIN: '域名服务没有回答（{code}）；请再试，或用不需要域名的地址',
    ETIMEDOUT: '没有及时回答（{code}）；请看中间是否有防火墙或代理',
    EHOSTUNREACH: '到不了这台主机（{code}）；请看本机是否在对的网络里',
    CERTIFICATE: '它的证书在这里不受信任（{code}）；请用 NODE_EXTRA_CA_CERTS 写明签发机构的文件',
  },
  checks,
  seen: {
    missing: '没有 `{name}`',
    short: '`{name}` 太短，不像随机数',
    same: '两次登录的 `{name}` 相同',
    changing: '各次登录的 `{name}` 不同',
    otherThan: '`{name}` 不是 {value}',
    wrongAtToken: '令牌端点收到的 `{name}` 和授权请求的不一致',
    noSecret: '站点没有密钥，也没有用 PKCE',
    issuerTaken: '门户接着用了另一个签发者的元数据',
    notRead: '没有人读过 /.well-known/openid-configuration',
    notAsked: '登录到了 {page}，没有到试用的授权端点',
    ownForm: '{page} 只有门户自己的登录表单（从不提交），没有转到试用的统一帐号；请用 --login-press 写明链接或按钮',
    notRedeemed: '没有兑换授权码；浏览器在 {page}',
    notLoggedIn: '没有人登录；浏览器在 {page}',
    sameEitherWay: '页面看不出来：之前 {closed}，之后 {open}；请用 {option} 写明只有那时才显示的文字',
    loggedIn: '有人登录着；所试：{tried}',
    loggedOut: '会话结束了；所试：{tried}',
    open: '页面打开了；所试：{tried}',
    closed: '页面没有打开；浏览器在 {page}',
    notAskedFor: '请求里没有 {value}',
    loop: '浏览器立刻又被转去登录；所试：{tried}',
    crash: '浏览器在 {page}；所试：{tried}',
    noWayOn: '{page} 没有链接也没有表单；所试：{tried}',
    markup: '页面里有 `{name}` 带来的标记',
    keyNotTaken: '{seconds} 秒内没有接受新的密钥',
    noSessionCookie: '找不到一个去掉它就没有登录的 Cookie',
    cookieWithout: 'Cookie `{name}` 没有 {attribute}',
    cookieLives: 'Cookie `{name}` 的有效期超过 {hours} 小时',
    status: '回答是 {status}',
    notToLogout: '退出到了 {page}，没有到 end_session_endpoint',
    broke: '检查中断：{message}',
  },
  skipped: {
    option: '没有写 {option}',
    needs: '{id} 没有通过',
    only: '不在 --only 里',
    readBefore: '试验开始之前门户已经读过元数据',
    notReadYet: '门户保留着元数据，或登录时不读',
    noUserinfo: '门户不读 userinfo',
    noMaxAge: '门户不请求 `max_age`',
    highest: '没有更高的等级',
  },
};
