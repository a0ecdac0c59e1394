package dev.gatlingllm.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class Http2InsertsTest {

  private static final Mix MIX =
      new Mix(Mix.Protocol.HTTP2, 0, 1_000, 1_000, Duration.ZERO, 0, 100);

  private final SplittableRandom random = new SplittableRandom(1);
  private final List<Fault> counted = new ArrayList<>();

  @Test
  void whatIsPassedOnIsWholeHoweverItIsCutAndOnlyFramesComeInBetween() {
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    sent.writeBytes(frame(4, 0, new byte[0]));
    for (int i = 0; i < 500; i++) {
      sent.writeBytes(frame(1, 2 * i + 1, new byte[random.nextInt(40)]));
      sent.writeBytes(frame(0, 2 * i + 1, new byte[random.nextInt(400)]));
    }
    Inserts inserts = Inserts.of(MIX, random, counted::add);
    ByteArrayOutputStream received = new ByteArrayOutputStream();
    byte[] all = sent.toByteArray();
    for (int at = 0; at < all.length; ) {
      int to = Math.min(all.length, at + 1 + random.nextInt(60));
      received.writeBytes(inserts.around(Arrays.copyOfRange(all, at, to), to - at));
      at = to;
    }

    assertThat(counted).contains(Fault.INTERIM).containsOnlyOnce(Fault.GOAWAY);
    assertThat(withoutInserts(received.toByteArray())).isEqualTo(all);
  }

  private static byte[] withoutInserts(byte[] bytes) {
    ByteArrayOutputStream others = new ByteArrayOutputStream();
    for (int at = 0; at < bytes.length; ) {
      int length = ByteBuffer.wrap(bytes).getInt(at) >>> 8;
      byte[] frame = Arrays.copyOfRange(bytes, at, at + 9 + length);
      boolean goAway = frame[3] == 7;
      boolean interim = frame[3] == 1 && length == 5 && frame[9] == 0x08;
      if (!goAway && !interim) {
        others.writeBytes(frame);
      }
      at += frame.length;
    }
    return others.toByteArray();
  }

  private static byte[] frame(int type, int stream, byte[] payload) {
    return ByteBuffer.allocate(9 + payload.length)
        .putInt(payload.length << 8 | type)
        .put((byte) 0)
        .putInt(stream)
        .put(payload)
        .array();
  }
}
