/** Kept equal to package.json by a test, so that no file has to be found at run time. */
export const VERSION = '0.1.0'
