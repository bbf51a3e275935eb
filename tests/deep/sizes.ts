export const mib = (sizeBytes: number): string => `${(sizeBytes / 1024 ** 2).toFixed(0)} MiB`;
