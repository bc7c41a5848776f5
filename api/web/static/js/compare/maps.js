export function showMaps() {}
