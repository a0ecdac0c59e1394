package dev.gatlingllm.provider;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;

/** A stream cut into buffers, as a transport might hand it over. */
public final class Cuts {

  /**
   * One buffer.
   *
   * @param end index in the stream after its last byte
   */
  public record Piece(ByteBuffer buffer, int end) {}

  private static final int KINDS = 4;
  private static final int SPARE = 3;

  private Cuts() {}

  /** The stream in one buffer. */
  public static List<Piece> none(byte[] stream) {
    return List.of(new Piece(ByteBuffer.wrap(stream.clone()), stream.length));
  }

  /** Buffers of random kinds; their sizes are of one random order, empty ones among them. */
  public static List<Piece> random(byte[] stream, SplittableRandom random) {
    int longest =
        switch (random.nextInt(5)) {
          case 0 -> 1;
          case 1 -> 4;
          case 2 -> 40;
          case 3 -> 400;
          default -> Math.max(1, stream.length);
        };
    return of(
        stream,
        left -> random.nextInt(12) == 0 ? 0 : Math.min(left, 1 + random.nextInt(longest)),
        kinds -> random.nextInt(kinds));
  }

  /**
   * Buffers of given sizes and kinds.
   *
   * @param size of the next buffer, given how many bytes are left; a size of 0 must not repeat for
   *     ever
   * @param kind of the next buffer, given how many kinds there are
   */
  public static List<Piece> of(byte[] stream, IntUnaryOperator size, IntUnaryOperator kind) {
    List<Piece> pieces = new ArrayList<>();
    int from = 0;
    while (from < stream.length) {
      int to = from + size.applyAsInt(stream.length - from);
      pieces.add(new Piece(buffer(stream, from, to, kind.applyAsInt(KINDS)), to));
      from = to;
    }
    return pieces;
  }

  private static ByteBuffer buffer(byte[] stream, int from, int to, int kind) {
    ByteBuffer copy =
        kind == 0 ? ByteBuffer.allocateDirect(SPARE + to - from + SPARE) : heap(from, to);
    copy.position(SPARE).put(stream, from, to - from).flip().position(SPARE);
    return switch (kind) {
      case 1 -> copy.asReadOnlyBuffer();
      case 2 -> copy.slice();
      default -> copy;
    };
  }

  private static ByteBuffer heap(int from, int to) {
    return ByteBuffer.allocate(SPARE + to - from + SPARE);
  }
}
