/** What a column of a table may hold. `proxy`: an address as a line would have it, maybe with all the rest. */
export type Column =
  | 'proxy'
  | 'host'
  | 'port'
  | 'username'
  | 'password'
  | 'protocol'
  | 'expiry'
  | 'note'
  | 'tag'
  | 'provider'
  | 'country'
  | 'store'
  | 'rotation'
  | 'name';

/** Headers as people and programs write them, without blanks, dashes and what stands in brackets. */
const names: Readonly<Record<Column, string>> = {
  proxy:
    'proxy proxies proxystring proxyaddress proxyline proxyinfo line url uri ipport hostport address:port ip:port host:port 代理 代理ip 代理地址 代理信息 代理ip信息 代理列表 代理服务器',
  host: 'host hostname ip ipaddress address addr server proxyhost proxyip ip地址 地址 主机 主机名 主机地址 服务器 服务器地址 ip/域名 域名',
  port: 'port proxyport 端口 端口号 代理端口',
  username:
    'user username login account accountname proxyuser proxyusername proxyaccount userid auth_user 账号 帐号 账户 用户 用户名 登录名 代理账号 代理用户名',
  password: 'password pass passwd pwd proxypassword proxypass secret 密码 口令 代理密码',
  protocol: 'type protocol scheme proxytype proxyprotocol 协议 类型 代理类型 代理协议 协议类型',
  expiry:
    'expiry expires expire expiration expirydate expiredate expirationdate expirationtime expiretime expirytime expiresat expireat expiresin end ends endat enddate endtime validuntil validto validity 到期 到期时间 到期日 到期日期 过期 过期时间 过期日期 有效期 有效期至 有效期限 截止 截止日期 截止时间 结束时间',
  note: 'note notes remark remarks comment comments memo description 备注 备注信息 说明 描述',
  tag: 'tag tags label labels group groupname 标签 分组 组 组别',
  provider: 'provider vendor supplier source seller proxysoft 供应商 来源 服务商 提供商 代理商 渠道 ip来源',
  country:
    'country countrycode cc region geo location countryregion 国家 地区 国家地区 国家/地区 地域 国别 ip国家 所在国家 国家代码',
  store:
    'store stores storename shop shops shopname accountstore 店铺 店铺名 店铺名称 店铺名字 门店 店名 绑定店铺',
  rotation:
    'rotation rotationlink rotationurl rotate rotateurl rotatelink refresh refreshurl refreshlink changeip changeipurl changeiplink changeurl reset reseturl resetlink proxyurl 刷新链接 刷新url 刷新地址 换ip链接 更换ip链接 切换链接 切换ip链接 变更链接 轮换链接 动态链接',
  name: 'name title proxyname 名称 名字 代理名称 标题',
};

const columns: ReadonlyMap<string, Column> = new Map(
  (Object.keys(names) as Column[]).flatMap((column) =>
    names[column].split(' ').map((name): [string, Column] => [name, column]),
  ),
);

/** Whether it is the name of a column's meaning. */
export function isColumn(text: string): text is Column {
  return Object.hasOwn(names, text);
}

/** What a header calls its column; null for other words. */
export function columnOf(header: string): Column | null {
  if (header.length > 60) return null;
  const plain = header
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[([（【].*$/, '')
    .replace(/[\s_\-.*:：]+/g, '');
  return columns.get(plain) ?? columns.get(plain.replaceAll('/', '')) ?? null;
}

/**
 * The meaning of each column where a row is a header: it names where a proxy is, and nothing in it looks like one. Of two
 * columns of one meaning the first counts; '' for those of none. Null when the row is no header.
 */
export function readHeader(cells: readonly string[]): readonly (Column | '')[] | null {
  const seen = new Set<Column>();
  const meanings = cells.map((cell) => {
    const column = columnOf(cell);
    if (column === null || seen.has(column)) return '';
    seen.add(column);
    return column;
  });
  const isOne = (seen.has('proxy') || seen.has('host')) && (seen.size > 1 || cells.length === 1);
  return isOne ? meanings : null;
}
