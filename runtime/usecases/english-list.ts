/** A list as English writes it: values that fill words of both languages are put together as Chinese does it. */
export const englishList = (list: string): string => list.replaceAll('、', ', ')
