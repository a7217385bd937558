import { englishList } from '../usecases/english-list.ts'
import type { SaidReply } from '#core/wire'

/** What a person reads when something could not be done, and what to do about it. */
export const problemWords: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  internal: { zh: '系统异常，请稍后再试。', en: 'Something went wrong on our side; try again shortly.' },
  'not-found': { zh: '没有找到。', en: 'Not found.' },
  'bad-request': { zh: '请求的内容不对：{zh}。', en: 'The request is not right: {en}.' },
  'too-large': {
    zh: '内容太大，最多 {limit}。',
    en: 'The content is too large; {limit} at most.',
  },
  'attachment-kind': {
    zh: '这不是能放上来的图片，只收 JPG、PNG、WebP 和 GIF。',
    en: 'This is no picture that can be kept; JPG, PNG, WebP and GIF can.',
  },
  'attachments-full': {
    zh: '这张工单的图片已经够多了，不能再加。',
    en: 'This ticket has as many pictures as it may have.',
  },
  'log-in-first': { zh: '请先登录。', en: 'Log in first.' },
  'admin-only': { zh: '只有管理员可以这样做。', en: 'Only administrators may do this.' },
  'wrong-login': { zh: '企业、账号或密码不对。', en: 'Desk, name or password is wrong.' },
  'password-length': {
    zh: '密码要 {min} 到 {max} 个字符。',
    en: 'A password has {min} to {max} characters.',
  },
  'link-used': {
    zh: '这个一次性链接已经用过。已设好密码的，请直接登录；否则请管理员重新发一个。',
    en: 'This one-time link was used already. Log in if the password is set, else ask for a new link.',
  },
  'link-expired': {
    zh: '这个一次性链接已过期（72 小时内有效），请管理员重新发一个。',
    en: 'This one-time link is over (it is good for 72 hours); ask for a new one.',
  },
  'link-unknown': {
    zh: '没有这个一次性链接，请检查是否复制完整。',
    en: 'There is no such one-time link; check that it was copied whole.',
  },
  'set-up-first': {
    zh: '中枢还没有管理员，请先打开服务启动时打印的一次性链接。',
    en: 'This service has no administrator yet; open the one-time link it printed at its start.',
  },
  'login-taken': {
    zh: '账号「{login}」已被使用，换一个。',
    en: 'The login “{login}” is taken; choose another.',
  },
  'upgrade-unsound': {
    zh: '新版与本企业自己的改动放在一起有错误，没有安装。先在流程设计里改好本企业的内容。',
    en: 'The release and what this desk changed itself do not check together; nothing was installed. Mend the desk’s text first.',
  },
  'upgrade-breaks': {
    zh: '与本企业自己的改动放在一起，行业包自带的测试有未通过的：{tests}。没有安装，原来的版本继续用。',
    en: 'With what this desk changed itself, tests of the pack fail: {tests}. Nothing was installed; the old version goes on.',
  },
  'conflicts-undecided': {
    zh: '有 {count} 处本企业和新版都改了，要先选用哪一种：{zh}。没有安装，原来的版本继续用。',
    en: '{count} places were changed by this desk and by the release and are to be decided first: {en}. Nothing was installed; the old version goes on.',
  },
  'closed-changed': {
    zh: '{zh}。没有安装，原来的版本继续用；在流程设计里改回行业包的写法后再装。',
    en: '{en}. Nothing was installed; the old version goes on. Write it as the pack does, then install again.',
  },
  'no-such-conflict': {
    zh: '这一处没有冲突，或内容已经变了，请刷新安装计划。',
    en: 'Nothing conflicts there, or it says something else by now; load the plan again.',
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
  moot: {
    zh: '已经不需要了：可能刚有人处理过。请刷新看看。',
    en: 'No longer needed: somebody may have done it just now. Load it again.',
  },
  'nobody-free': {
    zh: '现在没有空闲的「{role}」可派：都不在班、满员，或不在对应的服务组。可以直接交给某个人。',
    en: 'No “{role}” is free now: all are off shift, full or in another team. It may be handed to somebody directly.',
  },
  'new-customer': {
    zh: '新客户要写称呼，且不能同时选已有的客户。',
    en: 'A new customer needs a name, and no known customer may be chosen besides.',
  },
  'link-nobody': {
    zh: '这张工单没有客户，没有客户链接。',
    en: 'This ticket has no customer, so there is no link for one.',
  },
  'links-off': {
    zh: '这台服务没有设置链接的密钥（AXLE_MASTER_KEY），不能生成客户链接。请联系部署人员。',
    en: 'This service has no key for links (AXLE_MASTER_KEY), so it makes none for customers; ask whoever runs it.',
  },
  'not-assignable': {
    zh: '不能派给这个人：他不担任这个节点的角色，或这个节点不由员工处理。',
    en: 'This cannot be handed to that person: they do not hold the role of the place, or no member of staff works it.',
  },
  'reply-nobody': {
    zh: '这张工单没有客户，没有人可以回复。可以写内部备注。',
    en: 'This ticket has no customer to answer; a note can be left instead.',
  },
  'reply-long': {
    zh: '回复最多 {max} 个字。',
    en: 'An answer has {max} characters at most.',
  },
  'words-empty': { zh: '还没有写内容。', en: 'There are no words yet.' },
  'reply-stopped': {
    zh: '这段话不能发给客户：{zh}。改一改再发。',
    en: 'These words may not be sent to customers: {en}. Change them and send again.',
  },
  'reply-no-channel': {
    zh: '还没有接通企业微信，发不到客户那里。管理员可在「管理 → 连接」接通。',
    en: 'WeCom is not connected, so nothing reaches customers; an administrator connects it.',
  },
  'reply-no-address': {
    zh: '客户没有用企业微信联系过，发不到他那里。请用电话等别的办法。',
    en: 'The customer was never in touch by WeCom, so nothing reaches them; use the telephone.',
  },
  'reply-window': {
    zh: '客户 48 小时内没有来信，企业微信不让再发。他再来信后就能回复。',
    en: 'The customer wrote nothing for 48 hours, so WeCom takes no answer; they can be answered once they write again.',
  },
  'reply-used-up': {
    zh: '客户上次来信后已发满 {max} 条，企业微信不让再发。他再来信后就能回复。',
    en: 'After the customer wrote last {max} messages were sent, and WeCom takes no more; they can be answered once they write again.',
  },
  'send-not-failed': {
    zh: '这条消息不用再发，或不确定有没有发到，不能再发。请刷新看看。',
    en: 'This message need not be sent again, or may have arrived already. Load it again.',
  },
  subject: {
    zh: '没有「{subject}」，或它不属于这位客户。',
    en: 'There is no “{subject}”, or it belongs to another customer.',
  },
  'key-reused': {
    zh: '这个 Idempotency-Key 已用于另一个请求。',
    en: 'This Idempotency-Key was used for another request.',
  },
  'already-installed': {
    zh: '同意过的「{name}」这一版已经在用。有新版的话，先看计划并同意，再安装。',
    en: 'The release of “{name}” that was agreed to serves already; where there is a newer one, read its plan and agree first.',
  },
  'source-refused': {
    zh: '来源、签名或时间不对。核对地址里的企业、密钥和服务器时钟。',
    en: 'The source, the signature or the time is not right; check the desk in the address, the secret and the clock.',
  },
  'message-reused': {
    zh: '这个 webhook-id 已用于另一条消息。',
    en: 'This webhook-id was used for another message.',
  },
  'demo-only': { zh: '只有演示企业可以拨快时间。', en: 'Only demo desks may move time.' },
  'clock-backwards': { zh: '时间只能往前拨，最多一年。', en: 'Time moves forward only, a year at most.' },
  'pack-unverified': {
    zh: '行业包没有收下：无法核验（{state}）。',
    en: 'The pack was not taken: it cannot be verified ({state}).',
  },
  'pack-unverified.unsigned': {
    zh: '行业包没有签名，没有收下。请向制作方要签过名的文件。',
    en: 'The pack is not signed, so it was not taken. Ask its maker for a signed file.',
  },
  'pack-unverified.unknown-key': {
    zh: '行业包的签名不在受信任的名单里，没有收下。确认制作方后，把它的公钥加进来再试。',
    en: 'The pack is signed with a key nobody here trusts, so it was not taken. Add the maker’s public key once you are sure.',
  },
  'pack-unverified.altered': {
    zh: '行业包在签名之后被改动过，没有收下。请重新下载。',
    en: 'The pack was altered after it was signed, so it was not taken. Fetch it again.',
  },
  'pack-unverified.not-an-archive': {
    zh: '文件不是完整的行业包（可能没有下载完整），没有收下。',
    en: 'The file is no whole pack archive (it may be cut short), so it was not taken.',
  },
  'pack-unverified.too-big': {
    zh: '行业包解开后超过 20 MB，没有收下。',
    en: 'The pack is larger than 20 MB unpacked, so it was not taken.',
  },
  'pack-unverified.too-many': {
    zh: '行业包里的文件超过 2,000 个，没有收下。',
    en: 'The pack has more than 2,000 files, so it was not taken.',
  },
  'pack-unverified.ratio': {
    zh: '行业包里有文件解开后的大小与声明不符（文件损坏，或是解压炸弹），没有收下。请重新下载。',
    en: 'A file in the pack unpacks to another size than it says (it is damaged, or made to be), so it was not taken. Fetch it again.',
  },
  'pack-unverified.path': {
    zh: '行业包里有不安全的文件名，没有收下。',
    en: 'The pack has an unsafe file name, so it was not taken.',
  },
  'pack-unverified.symlink': {
    zh: '行业包里有指向别处的链接，没有收下。',
    en: 'The pack has a link to elsewhere, so it was not taken.',
  },
  'pack-unverified.duplicate': {
    zh: '行业包里有两个同名文件，没有收下。',
    en: 'The pack has two files of one name, so it was not taken.',
  },
  'pack-unverified.twin': {
    zh: '行业包里有两个只差大小写的文件名，没有收下。',
    en: 'The pack has two file names that differ in case alone, so it was not taken.',
  },
  'release-older': {
    zh: '「{name}」已有版本 {newest}，不能收下更旧的版本 {version}。要回到旧版，请用“回退”。',
    en: '“{name}” is here as version {newest}; the older version {version} was not taken. To go back, roll back.',
  },
  'release-other-maker': {
    zh: '「{name}」已由另一个制作方提供，没有收下。两家的行业包不能同名。',
    en: '“{name}” is here from another maker, so this one was not taken: two makers’ packs need two names.',
  },
  'not-a-key': {
    zh: '这不是 Ed25519 公钥（PEM 格式，以 -----BEGIN PUBLIC KEY----- 开头）。',
    en: 'This is no Ed25519 public key (PEM, it begins with -----BEGIN PUBLIC KEY-----).',
  },
  'packs-clash': {
    zh: '「{name}」不能与这里的行业包一起用：{zh}。请让制作方改名，或先卸载另一个并处理完它的在途工单。',
    en: '“{name}” cannot run beside the packs of this desk: {en}. Have its maker rename it, or uninstall the other one and close its tickets first.',
  },
  'rollout-open': {
    zh: '「{name}」有一个版本正由部分门店先用。请先推广到全部门店，或收回它。',
    en: 'Some stores use a version of “{name}” first. Take it to all stores or take it back before another comes.',
  },
  'rollout-first': {
    zh: '第一次安装不能只给部分门店：其他门店还没有可用的版本。',
    en: 'The first installation is for all stores: there is no older version for the others.',
  },
  'no-rollout': {
    zh: '「{name}」没有正由部分门店先用的版本。',
    en: 'No version of “{name}” is used by some stores first.',
  },
  'unknown-store': { zh: '没有门店「{store}」。', en: 'There is no store “{store}”.' },
  'nothing-before': {
    zh: '「{name}」之前没有别的版本，不能回退；不想再用，可以卸载。',
    en: 'There is no release before this one of “{name}” to go back to; it may be uninstalled.',
  },
  uninstalled: {
    zh: '行业包已卸载，不能开新工单。',
    en: 'The pack was uninstalled; no new tickets can be opened.',
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
  'last-admin': {
    zh: '至少要留一位管理员。先让另一位同事成为管理员。',
    en: 'Somebody has to administer the desk; make somebody else an administrator first.',
  },
  'member-taken': {
    zh: '这个企业微信成员已经对应「{name}」。',
    en: 'This WeCom member is “{name}” already.',
  },
  'record-in-use': {
    zh: '「{key}」还有 {count} 处在用（工单、消息或别的档案），不能删除。',
    en: '“{key}” is named in {count} places (tickets, messages or other records), so it stays.',
  },
  'sheet-is-workbook': {
    zh: '这是 Excel 工作簿。请在 Excel 或 WPS 里“另存为 CSV”再选。',
    en: 'This is a workbook. Save it as CSV in Excel or WPS, then choose that file.',
  },
  'sheet-unreadable': {
    zh: '读不出文字。请存成 CSV（UTF-8）再选。',
    en: 'It holds no readable text. Save it as CSV (UTF-8), then choose it again.',
  },
  'sheet-faults': {
    zh: '文件里有 {count} 处要改，一行也没有写入。先预检，看每一处的位置。',
    en: '{count} places of the file need mending; nothing was written. A dry run says where.',
  },
  'unknown-explanation': { zh: '可以问：{known}。', en: 'You may ask for: {known}.' },
  'no-emulator': {
    zh: '这个企业还没有接上模拟器。',
    en: 'This desk is not connected to the emulator yet.',
  },
  'emulator-nothing-typed': {
    zh: '先在第 3 步点“保存并等待企业微信”，再在模拟器里点。',
    en: 'First “Save and wait for WeCom” at step 3, then press it in the emulator.',
  },
  'emulator-taken': {
    zh: '这个企业接的是真的企业微信，不能再接模拟器。',
    en: 'This desk is connected to a real WeCom, so it cannot have an emulator.',
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

/** A problem in words, filled; those for the very state it names, where there are any. Undefined for a code without words. */
export function sayProblem(code: string, params: Readonly<Record<string, string>>): SaidReply | undefined {
  const words = problemWords[`${code}.${params.state}`] ?? problemWords[code]
  const fill = (text: string, said: (value: string) => string) =>
    text.replace(/\{(\w+)\}/g, (_, name: string) => said(params[name] ?? ''))
  return words && { zh: fill(words.zh, value => value), en: fill(words.en, englishList) }
}
