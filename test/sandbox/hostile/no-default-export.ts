// expect: REFUSE thrown | source
export const other = 1
