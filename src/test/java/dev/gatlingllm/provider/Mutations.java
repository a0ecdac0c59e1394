package dev.gatlingllm.provider;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.SplittableRandom;

/** What can happen to the bytes of a stream. */
public final class Mutations {

  private Mutations() {}

  /** The stream with one to four wounds: flipped bits, lost, repeated, foreign bytes, a cut. */
  public static byte[] of(byte[] stream, SplittableRandom random) {
    byte[] mutilated = stream;
    int wounds = 1 + random.nextInt(4);
    for (int i = 0; i < wounds && mutilated.length > 0; i++) {
      mutilated = wounded(mutilated, random);
    }
    return mutilated;
  }

  private static byte[] wounded(byte[] stream, SplittableRandom random) {
    int from = random.nextInt(stream.length);
    int to = Math.min(stream.length, from + 1 + random.nextInt(8));
    return switch (random.nextInt(5)) {
      case 0 -> flipped(stream, from, 1 << random.nextInt(8));
      case 1 -> spliced(stream, from, to, new byte[0]);
      case 2 -> spliced(stream, from, from, Arrays.copyOfRange(stream, from, to));
      case 3 -> spliced(stream, from, from, foreign(random));
      default -> Arrays.copyOf(stream, from);
    };
  }

  private static byte[] flipped(byte[] stream, int at, int bit) {
    byte[] flipped = stream.clone();
    flipped[at] ^= (byte) bit;
    return flipped;
  }

  private static byte[] foreign(SplittableRandom random) {
    byte[] bytes = new byte[1 + random.nextInt(6)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] spliced(byte[] stream, int from, int to, byte[] insert) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(stream, 0, from);
    bytes.writeBytes(insert);
    bytes.write(stream, to, stream.length - to);
    return bytes.toByteArray();
  }
}
