/** What the bytes from 0x80 on stand for in DOS code page 850. */
const HIGH_HALF =
  "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒ" +
  "áíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐" +
  "└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀" +
  "ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0";

/**
 * Text in the code page of French DOS and Windows consoles, in which Explorer and 7-Zip still write names. Code page
 * 437, which the norm names (APPNOTE D.1), has its accented letters at the same places, and Greek letters or box
 * drawings where this one has Â, Ê, Ô and Û: read so, a name in 437 keeps its French letters, and one in 850 too.
 */
export function decodeCodePage850(bytes: Buffer): string {
  let text = "";
  for (const byte of bytes) text += byte < 0x80 ? String.fromCharCode(byte) : HIGH_HALF[byte - 0x80];
  return text;
}
