package dev.gatlingllm.provider.bedrock;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** Makes the checksums of an event stream right, so that what it frames is looked at. */
public final class Checksums {

  private static final int PRELUDE = 12;
  private static final int CHECKSUM = 4;

  private Checksums() {}

  /** The stream with the checksums that its frames ought to have, as far as frames can be told. */
  public static byte[] mended(byte[] stream) {
    byte[] bytes = stream.clone();
    ByteBuffer mended = ByteBuffer.wrap(bytes);
    int at = 0;
    while (bytes.length - at >= PRELUDE + CHECKSUM) {
      mended.putInt(at + PRELUDE - CHECKSUM, crc(bytes, at, PRELUDE - CHECKSUM));
      int length = mended.getInt(at);
      if (length < PRELUDE + CHECKSUM || length > bytes.length - at) {
        break;
      }
      mended.putInt(at + length - CHECKSUM, crc(bytes, at, length - CHECKSUM));
      at += length;
    }
    return bytes;
  }

  private static int crc(byte[] bytes, int from, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }
}
