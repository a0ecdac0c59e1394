package dev.gatlingllm.faults;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * How much of what the proxy does.
 *
 * @param protocol what it may write between the messages of the server
 * @param acceptPercent share of connections that come to nothing
 * @param upBytes mean distance of two faults on the way to the server
 * @param downBytes mean distance of two faults on the way to the client
 * @param deaf how long a connection is deaf before it is closed
 * @param deafPercent share of faults that make a connection deaf, or a black hole
 * @param framesPerGoAway mean distance of two GOAWAY frames
 */
public record Mix(
    Protocol protocol,
    int acceptPercent,
    int upBytes,
    int downBytes,
    Duration deaf,
    int deafPercent,
    int framesPerGoAway) {

  private static final int INTERIM_PERCENT = 8;

  /** The share of directions whose first fault comes while the connection is being set up. */
  private static final int EARLY_PERCENT = 15;

  private static final int EARLY_BYTES = 2_000;

  /** What the bytes on the wire are, so far as the proxy can read them. */
  public enum Protocol {
    OPAQUE,
    HTTP1,
    HTTP2
  }

  /** A connection carries one call at a time. */
  public static Mix ofSingleCalls(Protocol protocol) {
    return new Mix(protocol, 12, 6_000, 12_000, Duration.ofSeconds(5), 8, Integer.MAX_VALUE);
  }

  /** A connection carries so many calls at the same time: a fault of one hits them all. */
  public static Mix ofSharedConnections(Protocol protocol, int calls) {
    return new Mix(
        protocol, 15, 1_200 * calls, 5_000 * calls, Duration.ofMillis(2_500), 2, 60 * calls);
  }

  /** What becomes of a new connection; {@code DELAYED}: it goes through. */
  Fault onAccept(SplittableRandom random) {
    if (random.nextInt(100) >= acceptPercent) {
      return Fault.DELAYED;
    }
    if (random.nextInt(100) < deafPercent) {
      return Fault.BLACK_HOLE;
    }
    return switch (random.nextInt(5)) {
      case 0 -> Fault.REFUSED;
      case 1, 2 -> Fault.RESET_AT_ONCE;
      default -> Fault.CLOSED_AT_ONCE;
    };
  }

  /** How many bytes pass before the first fault of a direction. */
  int firstGap(SplittableRandom random, boolean up) {
    return random.nextInt(100) < EARLY_PERCENT ? 1 + random.nextInt(EARLY_BYTES) : gap(random, up);
  }

  /** How many bytes pass until the next fault. */
  int gap(SplittableRandom random, boolean up) {
    return 1 + random.nextInt(2 * (up ? upBytes : downBytes));
  }

  /** The next fault in a stream of bytes. */
  Fault inStream(SplittableRandom random) {
    if (random.nextInt(100) < deafPercent) {
      return Fault.DEAF;
    }
    int draw = random.nextInt(100);
    if (draw < 20) {
      return Fault.CUT;
    } else if (draw < 40) {
      return Fault.RESET;
    } else if (draw < 55) {
      return Fault.HALF_CLOSED;
    } else if (draw < 72) {
      return Fault.DELAYED;
    } else if (draw < 90) {
      return Fault.DRIPPED;
    }
    return Fault.PAUSED;
  }

  boolean interim(SplittableRandom random) {
    return random.nextInt(100) < INTERIM_PERCENT;
  }

  boolean goAway(SplittableRandom random) {
    return random.nextInt(framesPerGoAway) == 0;
  }
}
