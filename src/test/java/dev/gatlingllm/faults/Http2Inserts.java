package dev.gatlingllm.faults;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Puts GOAWAY frames and interim headers between the frames of the server (RFC 9113, 4.1). */
final class Http2Inserts implements Inserts {

  private static final int HEADER_BYTES = 9;
  private static final int HEADERS = 1;
  private static final int GOAWAY = 7;
  private static final int END_HEADERS = 4;
  private static final int[] ERRORS = {0, 2, 11};

  /** A literal without indexing (RFC 7541, 6.2.2) whose name is entry 8, {@code :status}. */
  private static final byte[] STATUS_103 = {0x08, 3, '1', '0', '3'};

  private final Mix mix;
  private final SplittableRandom random;
  private final Consumer<Fault> count;
  private final ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
  private final Set<Integer> begun = new HashSet<>();
  private int leftOfFrame;
  private int highest;
  private boolean settled;
  private boolean gone;

  Http2Inserts(Mix mix, SplittableRandom random, Consumer<Fault> count) {
    this.mix = mix;
    this.random = random;
    this.count = count;
  }

  @Override
  public byte[] around(byte[] bytes, int length) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(length);
    int at = 0;
    while (at < length) {
      if (leftOfFrame > 0) {
        int part = Math.min(leftOfFrame, length - at);
        out.write(bytes, at, part);
        leftOfFrame -= part;
        at += part;
      } else {
        header.put(bytes[at++]);
        if (!header.hasRemaining()) {
          beginFrame(out);
        }
      }
    }
    return out.toByteArray();
  }

  private void beginFrame(ByteArrayOutputStream out) {
    header.flip();
    int type = header.get(3);
    int stream = header.getInt(5);
    leftOfFrame = header.getInt(0) >>> 8;
    if (settled) {
      insert(type, stream, out);
    }
    settled = true;
    out.write(header.array(), 0, HEADER_BYTES);
    header.clear();
  }

  /** Not before the server's first frame, which must be its settings. */
  private void insert(int type, int stream, ByteArrayOutputStream out) {
    highest = Math.max(highest, stream);
    if (!gone && mix.goAway(random)) {
      gone = true;
      count.accept(Fault.GOAWAY);
      ByteBuffer payload = ByteBuffer.allocate(8).putInt(lastStream());
      frame(GOAWAY, 0, 0, payload.putInt(ERRORS[random.nextInt(ERRORS.length)]).array(), out);
    }
    if (type == HEADERS && begun.add(stream) && mix.interim(random)) {
      count.accept(Fault.INTERIM);
      frame(HEADERS, END_HEADERS, stream, STATUS_103, out);
    }
  }

  private int lastStream() {
    return switch (random.nextInt(3)) {
      case 0 -> 0;
      case 1 -> highest;
      default -> Integer.MAX_VALUE;
    };
  }

  private static void frame(
      int type, int flags, int stream, byte[] payload, ByteArrayOutputStream out) {
    ByteBuffer frame = ByteBuffer.allocate(HEADER_BYTES + payload.length);
    frame.putInt(payload.length << 8 | type).put((byte) flags).putInt(stream).put(payload);
    out.writeBytes(frame.array());
  }
}
