/** What a person reads when something could not be done, and what to do about it. */
export const problemWords: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  internal: { zh: '系统异常，请稍后再试。', en: 'Something went wrong on our side; try again shortly.' },
  'not-found': { zh: '没有找到。', en: 'Not found.' },
  'bad-request': { zh: '请求的内容不对：{detail}', en: 'The request is not right: {detail}' },
  'too-large': { zh: '内容太大。', en: 'The content is too large.' },
  'log-in-first': { zh: '请先登录。', en: 'Log in first.' },
  'admin-only': { zh: '只有管理员可以这样做。', en: 'Only administrators may do this.' },
  'wrong-login': { zh: '企业、账号或密码不对。', en: 'Desk, name or password is wrong.' },
  'password-length': {
    zh: '密码要 {min} 到 {max} 个字符。',
    en: 'A password has {min} to {max} characters.',
  },
  'link-used': {
    zh: '链接已用过或已过期，请管理员重新发一个。',
    en: 'The link was used or is over; ask for a new one.',
  },
  'login-taken': {
    zh: '账号「{login}」已被使用，换一个。',
    en: 'The login “{login}” is taken; choose another.',
  },
  'upgrade-unsound': {
    zh: '新版与本企业自己的改动放在一起有错误，没有安装。先在流程设计里改好本企业的内容。',
    en: 'The release and what this desk changed itself do not check together; nothing was installed. Mend the desk’s text first.',
  },
  'nothing-published': { zh: '这个企业还没有安装行业包。', en: 'No pack is installed on this desk yet.' },
  'unknown-ticket': { zh: '没有这种工单。', en: 'There is no such kind of ticket.' },
  entry: { zh: '这种工单不能从「{entry}」进入。', en: 'This ticket cannot be entered by “{entry}”.' },
  fields: {
    zh: '有字段要改：看每个字段旁的提示。',
    en: 'Some fields need mending: see the notes beside them.',
  },
  'field-forbidden': { zh: '您不能填写「{field}」。', en: 'You may not write “{field}”.' },
  closed: { zh: '工单已经结束。', en: 'The ticket is closed.' },
  'not-here': { zh: '工单现在不在「{node}」。', en: 'The ticket does not stand at “{node}” now.' },
  role: { zh: '要由「{role}」来做。', en: '“{role}” has to do this.' },
  'unknown-transition': { zh: '这个节点没有「{event}」。', en: 'This node has no “{event}”.' },
  'no-way': { zh: '「{event}」的条件都不成立。', en: 'No condition of “{event}” holds.' },
  moot: { zh: '已经不需要了。', en: 'No longer needed.' },
  'not-assignable': { zh: '不能派给这个人。', en: 'This cannot be handed to that person.' },
  subject: {
    zh: '没有「{subject}」，或它不属于这位客户。',
    en: 'There is no “{subject}”, or it belongs to another customer.',
  },
  'key-reused': {
    zh: '这个 Idempotency-Key 已用于另一个请求。',
    en: 'This Idempotency-Key was used for another request.',
  },
  'demo-only': { zh: '只有演示企业可以拨快时间。', en: 'Only demo desks may move time.' },
  'clock-backwards': { zh: '时间只能往前拨，最多一年。', en: 'Time moves forward only, a year at most.' },
  'pack-unverified': {
    zh: '行业包的签名不可信（{state}），没有收下。',
    en: 'The pack’s signature is not trusted ({state}).',
  },
  'pack-unsound': { zh: '行业包「{name}」有错误，没有收下。', en: 'The pack “{name}” has errors.' },
  'manifest-differs': {
    zh: '行业包「{name}」的 manifest.json 与正文不一致（{field}），没有收下。请用 axle pack 重新打包。',
    en: 'The manifest.json of “{name}” says otherwise than its texts ({field}); make the archive anew with axle pack.',
  },
  'release-taken': {
    zh: '「{name}」的版本 {version} 已经收下过，内容不同。请改用新的版本号。',
    en: '“{name}” version {version} is here already with other content; give the new one a new version.',
  },
  'unknown-pack': { zh: '模板市场里没有「{name}」。', en: 'The catalogue has no “{name}”.' },
  'plan-outdated': {
    zh: '「{name}」有了新版本，请重新看安装计划。',
    en: '“{name}” has changed; look at the plan again.',
  },
  'consent-missing': { zh: '请先看安装计划并同意。', en: 'Look at the plan and consent first.' },
  'unknown-setting': { zh: '没有配置项「{name}」。', en: 'There is no setting “{name}”.' },
  'setting-bounds': {
    zh: '配置项「{name}」不在允许的范围内。',
    en: 'The setting “{name}” is out of bounds.',
  },
  'unknown-role': { zh: '行业包没有角色「{name}」。', en: 'The pack has no role “{name}”.' },
  'roles-unmapped': { zh: '还没有人担任：{roles}。', en: 'Nobody holds: {roles}.' },
  'unknown-event': { zh: '没有事件「{name}」。', en: 'There is no event “{name}”.' },
  'no-customer': { zh: '「{name}」没有对应的客户。', en: '“{name}” belongs to no customer.' },
  'unknown-act': { zh: '没有对外动作「{name}」。', en: 'There is no outward act “{name}”.' },
  'not-installed': { zh: '「{name}」还没有安装。', en: '“{name}” is not installed.' },
  'unknown-entity': { zh: '没有「{name}」这种档案。', en: 'There are no records “{name}”.' },
  'unknown-explanation': { zh: '可以问：{known}。', en: 'You may ask for: {known}.' },
  'no-emulator': {
    zh: '这个企业没有接模拟器，只有演示企业有。',
    en: 'This desk has no emulator; only demo desks do.',
  },
  'link-over': { zh: '链接无效或已过期。', en: 'The link is not valid or is over.' },
  period: {
    zh: '账期要写成 2026-03 这样，不是「{period}」。',
    en: 'A period reads 2026-03, not “{period}”.',
  },
  'desk-id': {
    zh: '企业代号要用小写字母、数字和连字符：「{id}」不行。',
    en: 'A desk id has lower-case letters, digits and hyphens: not “{id}”.',
  },
  'source-moved': {
    zh: '别人刚保存过这份内容，请重新载入后再改。',
    en: 'Somebody saved this text meanwhile; load it again before you go on.',
  },
  'revision-missing': {
    zh: '请求里要有读到的修订号（If-Match）。',
    en: 'The request needs the revision it was read at (If-Match).',
  },
  'source-unsound': {
    zh: '有 {errors} 处错误，没有发布；原来的版本继续生效。',
    en: 'There are {errors} errors, so nothing was published; the version before goes on serving.',
  },
  'beyond-consent': {
    zh: '安装时没有同意过：{beyond}。自定义动作要多用网址或密钥，只能随新的签名版本来。',
    en: 'Never agreed to: {beyond}. More hosts or secrets for an action come with a new signed release only.',
  },
  'version-serves': {
    zh: '版本 {version} 与生效版本内容相同，不用回退。',
    en: 'Version {version} is what serves already; there is nothing to roll back.',
  },
  'run-not-failed': {
    zh: '这次执行没有失败，不用重跑。',
    en: 'This run did not fail; there is nothing to run again.',
  },
  'desk-taken': { zh: '企业「{id}」或同名企业已经存在。', en: 'The desk “{id}” or one of that name exists.' },
}
