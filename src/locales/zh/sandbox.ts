/** Whom and what the walk through the console names, as its pages name it. */
interface ConsoleWalk {
  console: string;
  operator: string;
  operatorPassword: string;
  developer: string;
  developerPassword: string;
  city: string;
  edit: string;
  field: string;
  address: string;
  save: string;
  waiting: string;
  decide: string;
  approve: string;
}

export const sandbox = {
  title: '演示工具',
  intro: '这一页代替短信运营商、公安身份系统等外部单位，只在演示环境里有。',
  terminal: '演示工具（短信、人员、帐号）',
  end: (v: { keys: string }) => `${v.keys} 结束全部`,
  walk: '走一遍',
  steps: (v: {
    city: string;
    cityAddress: string;
    sandbox: string;
    register: string;
    getCode: string;
    submit: string;
    verify: string;
    other: string;
    logOut: string;
  }) => [
    `打开${v.city} ${v.cityAddress} ，点“${v.register}”。`,
    `随意填一个手机号，例如 13800000000，自己定一个密码；有图片时照着图片填字符；点“${v.getCode}”。`,
    `短信里的 6 位数字在 ${v.sandbox} 看；填好，勾选同意，点“${v.submit}”。`,
    `填一个可以用来实名认证的人的姓名和身份证号码，点“${v.verify}”：已登录，回到${v.city}。`,
    `点“${v.other}”。`,
    `点“${v.logOut}”：两个站点都退出了。`,
  ],
  entitySteps: (v: {
    assistant: string;
    pin: string;
    logIn: string;
    certificates: string;
    way: string;
    name: string;
    creditCode: string;
    password: string;
  }) => [
    `法人证书：${v.assistant} 是证书助手，代替密钥盘，里面已有${v.name}的证书，密钥盘密码 ${v.pin}。`,
    `在站点点“${v.logIn}”，填 ${v.creditCode} 和 ${v.password} 登录；再打开 ${v.certificates} ，绑定一张证书，短信验证码还是在演示工具里看。`,
    `退出后再点“${v.logIn}”，选“${v.way}”：在证书助手的窗口里输入密钥盘密码，不用帐号和密码就登录了。`,
  ],
  appSteps: (v: { app: string; appLogIn: string; logIn: string; way: string; open: string; scan: string }) => [
    `扫码登录：手机应用在 ${v.app} ，请用另一个浏览器或无痕窗口打开，点“${v.appLogIn}”，用可以直接登录的帐号登录。`,
    `在站点点“${v.logIn}”，选“${v.way}”，复制“${v.open}”的链接，粘贴到手机应用，点“${v.scan}”。`,
    `在手机应用里选站点页面上显示的数字：站点已登录。`,
  ],
  consoleSteps: (v: ConsoleWalk) => [
    `控制台：打开 ${v.console} ，用 ${v.operator} 和 ${v.operatorPassword} 登录：这是运营人员，看得到每一个站点。`,
    `在无痕窗口打开同一个地址，用 ${v.developer} 和 ${v.developerPassword} 登录：这是${v.city}的开发者，只看得到这个站点。打开它，点“${v.edit}”，在“${v.field}”里加一行 ${v.address} ，点“${v.save}”：这项改动要等运营人员审核。`,
    `回到运营人员的窗口，点“${v.waiting}”，打开这一项，点“${v.decide}”，核对之后点“${v.approve}”。`,
  ],
  console: '控制台（运营人员和站点开发者）',
  consoleOpen: '打开控制台',
  operator: '控制台的运营人员',
  developer: (v: { site: string }) => `${v.site}的开发者`,
  also: '；',
  app: '政务服务手机应用',
  appText: '代替手机应用：登录站点时选“扫码”，用它扫码和确认。请用另一个浏览器或无痕窗口打开。',
  appOpen: '打开手机应用',
  certificates: '数字证书',
  certificatesText: (v: { pin: string }) =>
    `证书助手代替发证机构的驱动和密钥盘：查看、申请证书，插入或拔出密钥盘。密钥盘密码是 ${v.pin}。没有打开时，请先启动它。`,
  assistant: (v: { origin: string }) => `打开证书助手 ${v.origin}`,
  messages: '最近的短信',
  noMessages: '还没有短信。',
  messagesFor: '查看一个手机号收到的短信',
  phone: '手机号',
  look: '查看',
  people: '可以用来实名认证的人（虚构）',
  name: '姓名',
  idNumber: '身份证号码',
  answer: '核验结果',
  answers: { match: '一致', mismatch: '不一致', 'not-found': '查无此人', down: '系统没有回应', slow: '超时' },
  taken: '一致，但已用于一个帐号',
  accounts: '可以直接登录的帐号',
  password: '密码',
  state: '状态',
  entities: '可以注册帐号的单位（虚构）',
  entityName: '单位名称',
  creditCode: '统一社会信用代码',
  representative: '法定代表人',
  entityStates: {
    active: '在业',
    cancelled: '已注销',
    revoked: '已吊销',
    'not-found': '查无此单位',
    'name-differs': '名称不一致',
    'representative-differs': '法定代表人不一致',
    down: '系统没有回应',
    slow: '超时',
  },
  entityTaken: '已经有帐号',
  entityAccounts: '可以直接登录的法人帐号',
  states: {
    unverified: '未实名',
    verified: '已实名',
    disabled: '已停用',
    minor: '已实名，未成年',
    'level-2': '已由支付宝实名认证',
  },
  entityAccountStates: { ready: '没有证书', certified: '第一张签发给它的证书会绑定', cancelled: '登记机关已注销' },
  bound: (v: { authority: string; end: string }) => `已绑定证书：${v.authority}，序列号末四位 ${v.end}`,
  clients: '开发站点用的接入参数',
  clientId: '站点标识',
  secret: '站点密钥',
  callback: '回调地址',
  provoked: '怎样得到每一种核验拒绝',
  code: '代码',
  fill: '填写',
};
