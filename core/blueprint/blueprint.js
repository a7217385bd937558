export const priorities = ['低', '中', '高', '紧急'];
export const purposes = ['promo', 'service', 'urgent'];
