package dev.gatlingllm.provider.transport;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Decodes UTF-8 that comes in pieces cut anywhere, also inside of a character. What is not UTF-8
 * becomes U+FFFD. Confined to one thread.
 */
public final class Utf8Pieces {

  private static final int LONGEST_CHARACTER = 4;

  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);
  private byte[] rest = {};

  /** The characters that are complete with this piece. */
  public String next(ByteBuffer piece) {
    return decode(piece, false);
  }

  /** What is left when no more pieces come: U+FFFD for a character that was cut. */
  public String end() {
    return decode(ByteBuffer.allocate(0), true);
  }

  private String decode(ByteBuffer piece, boolean last) {
    ByteBuffer bytes = ByteBuffer.allocate(rest.length + piece.remaining());
    bytes.put(rest).put(piece.duplicate()).flip();
    CharBuffer characters = CharBuffer.allocate(bytes.remaining() + LONGEST_CHARACTER);
    decoder.decode(bytes, characters, last);
    if (last) {
      decoder.flush(characters);
    }
    rest = new byte[bytes.remaining()];
    bytes.get(rest);
    return characters.flip().toString();
  }
}
