package dev.gatlingllm.record;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the lines of a block say, up to the first that is wrong.
 *
 * @param error what is wrong with the line after these
 * @param cut whether that line is the file's last, without a line feed
 */
record DecodedBlock<T>(List<T> records, Optional<RecordFormatException> error, boolean cut) {

  static <T> DecodedBlock<T> of(byte[] block, Function<byte[], T> decode) {
    List<T> records = new ArrayList<>();
    int from = 0;
    while (from < block.length) {
      int to = lineEnd(block, from);
      try {
        records.add(decode.apply(Arrays.copyOfRange(block, from, to)));
      } catch (RecordFormatException e) {
        return new DecodedBlock<>(records, Optional.of(e), to == block.length);
      }
      from = to + 1;
    }
    return new DecodedBlock<>(records, Optional.empty(), false);
  }

  private static int lineEnd(byte[] block, int from) {
    int at = from;
    while (at < block.length && block[at] != '\n') {
      at++;
    }
    return at;
  }
}
