package dev.gatlingllm.record;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The inter-chunk latencies of a line, taken out of it: they are two thirds of the line of a long
 * answer, and reading them here takes a fifth of the time that a general parser takes.
 */
final class LineInterChunks {

  // Within a text the second quote would have a backslash before it: this is a field's name.
  private static final byte[] FIELD = "\"interChunkMicros\":[".getBytes(US_ASCII);
  private static final byte[] OF_VERSION_1 = "\"gapsMicros\":[".getBytes(US_ASCII);
  private static final int MOST_DIGITS = 18;

  private final byte[] rest;
  private final List<Long> micros;

  private LineInterChunks(byte[] rest, List<Long> micros) {
    this.rest = rest;
    this.micros = micros;
  }

  /** The line with an empty array in their place. */
  byte[] rest() {
    return rest;
  }

  List<Long> micros() {
    return micros;
  }

  /** Absent if there are none, or any that only the general parser can judge. */
  static Optional<LineInterChunks> in(byte[] line) {
    int from = afterField(line);
    return from < 0 ? Optional.empty() : numbers(line, from);
  }

  private static int afterField(byte[] line) {
    for (int i = FIELD.length - 1; i < line.length; i++) {
      if (line[i] == '[' && (endsAt(line, i + 1, FIELD) || endsAt(line, i + 1, OF_VERSION_1))) {
        return i + 1;
      }
    }
    return -1;
  }

  private static boolean endsAt(byte[] line, int end, byte[] field) {
    return Arrays.equals(line, end - field.length, end, field, 0, field.length);
  }

  // One pass and one method: this is the reader's innermost loop.
  private static Optional<LineInterChunks> numbers(byte[] line, int from) {
    long[] numbers = new long[64];
    int size = 0;
    long number = 0;
    int digits = 0;
    for (int i = from; i < line.length; i++) {
      int digit = line[i] - '0';
      if (digit >= 0 && digit <= 9 && digits < MOST_DIGITS && (digits == 0 || number > 0)) {
        number = 10 * number + digit;
        digits++;
        continue;
      }
      if (digits == 0 || (line[i] != ',' && line[i] != ']')) {
        return Optional.empty();
      }
      if (size == numbers.length) {
        numbers = Arrays.copyOf(numbers, 2 * size);
      }
      numbers[size++] = number;
      if (line[i] == ']') {
        return Optional.of(new LineInterChunks(without(line, from, i), LongList.of(numbers, size)));
      }
      number = 0;
      digits = 0;
    }
    return Optional.empty();
  }

  private static byte[] without(byte[] line, int from, int to) {
    byte[] rest = Arrays.copyOf(line, line.length - (to - from));
    System.arraycopy(line, to, rest, from, line.length - to);
    return rest;
  }
}
