/** What customers and stores are called without a pack saying so, by locale and qualified name. */
export const builtinWords: Readonly<Record<'zh' | 'en', Readonly<Record<string, string>>>> = {
  zh: {
    ...{ customer: '客户', 'customer.id': '客户编号', 'customer.name': '姓名', 'customer.region': '地区' },
    ...{ store: '门店', 'store.id': '门店编号', 'store.name': '店名', 'store.region': '地区' },
  },
  en: {
    ...{ customer: 'Customers', 'customer.id': 'Number', 'customer.name': 'Name' },
    ...{ 'customer.region': 'Region', 'customer.退订': 'Unsubscribed' },
    ...{ store: 'Stores', 'store.id': 'Number', 'store.name': 'Name', 'store.region': 'Region' },
  },
}
