/** What programs call: JSON in, JSON or a problem out, whatever they say that they accept. */
export const isApi = (path: string): boolean => path.startsWith('/app/');
