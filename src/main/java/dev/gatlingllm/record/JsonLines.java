package dev.gatlingllm.record;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Reads a file of one record per line from its beginning, in memory for one line.
 *
 * <p>A last line that has no line feed and cannot be decoded was cut when its run was killed: it is
 * counted, not an error. Any other bad line is one.
 */
final class JsonLines {

  private JsonLines() {}

  static <T> CallRecordReader.Reading read(
      Path file, Function<byte[], T> decode, Consumer<? super T> records) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      LineBytes lines = new LineBytes(in);
      long read = 0;
      while (lines.next()) {
        T value;
        try {
          value = decode.apply(lines.bytes());
        } catch (RecordFormatException e) {
          if (!lines.terminated()) {
            return new CallRecordReader.Reading(read, 1);
          }
          throw new RecordFormatException(file + ", line " + (read + 1), e);
        }
        records.accept(value);
        read++;
      }
      return new CallRecordReader.Reading(read, 0);
    }
  }
}
