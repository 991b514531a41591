/** Begins what the suite reports: an invisible separator, since a desktop VS Code prints it as it is. */
export const suiteMark = '\u2063';
